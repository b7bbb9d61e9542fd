/**
 * Every code that the front door can give: what it means and what to do. `docs/errors.md` is written from this table.
 */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  readonly fix: string;
}

export const CODES = {
  SP1001: {
    title: 'the file cannot be read',
    meaning: 'There is no such file, or the program may not read it.',
    fix: 'Check the path; it is relative to the working directory.',
  },
  SP1002: {
    title: 'the file is empty',
    meaning: 'The file holds nothing, or only comments.',
    fix: 'Start from a sample: `streamproof init`.',
  },
  SP1003: {
    title: 'the file is too large',
    meaning: 'A scenario file may have 1 MiB, all files of a scenario together 8 MiB and 200 files.',
    fix: 'Use `rate`, `instances` and `partitions` instead of spelling out repetitions; split shared parts with `extends`.',
  },
  SP1004: {
    title: 'the file is not text',
    meaning: 'The file holds NUL bytes or is not valid UTF-8, so it is probably not YAML at all.',
    fix: 'Save the file as UTF-8 text.',
  },
  SP1005: {
    title: 'too deeply nested',
    meaning: 'YAML collections may be nested 64 levels deep; the language itself needs fewer than 12.',
    fix: 'Look for brackets or indentation that grew by accident.',
  },
  SP1006: {
    title: 'aliases expand to too much',
    meaning: 'Anchors and aliases multiply to more than 200,000 values.',
    fix: 'Remove aliases of aliases; use `extends` or `vars` for shared parts.',
  },
  SP1007: {
    title: 'an alias that cannot be followed',
    meaning: 'An alias names an anchor that does not exist, or contains itself.',
    fix: 'Define the anchor (`&name`) before the alias (`*name`), and outside of it.',
  },
  SP1008: {
    title: 'unknown YAML tag',
    meaning: 'Scenarios are plain data: `!tag` is not accepted.',
    fix: 'Remove the tag.',
  },
  SP1009: {
    title: 'a number that cannot be exact',
    meaning: 'Infinite, not-a-number, or a whole number beyond 9007199254740991.',
    fix: 'Write a smaller number; Kafka\'s "never" is usually -1.',
  },
  SP1010: {
    title: 'not valid YAML',
    meaning: 'The text breaks a rule of YAML 1.2.',
    fix: 'Usual reasons: a tab in the indentation, a missing space after a colon, a quote or bracket left open.',
  },
  SP1011: {
    title: 'a key twice',
    meaning: 'The same key stands twice in one map; one of them would be lost.',
    fix: 'Remove or rename one.',
  },
  SP1012: {
    title: 'several documents in one file',
    meaning: 'A file is one scenario; `---` starts a second document.',
    fix: 'Put each scenario in a file of its own.',
  },
  SP1013: {
    title: 'a name that is not allowed',
    meaning: '`__proto__`, `constructor` and `prototype` cannot be names.',
    fix: 'Choose another name.',
  },
  SP1014: {
    title: 'not a scenario',
    meaning: 'The top of the file must be a map of keys such as `topics:` and `producers:`.',
    fix: 'Start from a sample: `streamproof init`.',
  },
  SP1020: {
    title: 'extends leads outside of the project',
    meaning:
      'Files named in `extends` must be relative and lie inside the project: below the nearest folder with a package.json or .git, else below the folder of the scenario. Links are followed before this is checked.',
    fix: 'Copy the file into the project.',
  },
  SP1021: {
    title: 'extends names a file that cannot be read',
    meaning: 'The path is relative to the file that says `extends`.',
    fix: 'Check the path.',
  },
  SP1022: {
    title: 'extends runs in a circle',
    meaning: 'A file extends itself, directly or through others.',
    fix: 'Move what both need into a third file.',
  },
  SP1023: {
    title: 'extends too deep',
    meaning: 'At most 16 files may extend each other in a chain.',
    fix: 'Flatten the chain.',
  },
  SP1030: {
    title: 'unknown variable',
    meaning: '`${name}` refers to a name that `vars` does not define.',
    fix: 'Define it under `vars:`, or write `$${` for a dollar sign and a brace.',
  },
  SP1031: {
    title: 'a variable that cannot be put in',
    meaning:
      'The reference is not closed, variables refer to each other in a circle, or a list or map stands in the middle of text.',
    fix: 'A list or map can only be the whole value: `zones: ${zones}`.',
  },
  SP1032: {
    title: 'a flag or path that cannot be read',
    meaning:
      '`--set` and `matrix` take paths: keys joined by dots, dotted keys in brackets, list entries by index or name.',
    fix: "Example: --set 'clusters.eu.config.[min.insync.replicas]=2'.",
  },
  SP1033: {
    title: 'a path that leads nowhere',
    meaning: 'The path of `--set` or `matrix` goes through a value that has no such entry.',
    fix: 'Check each part of the path against the scenario.',
  },
  SP1041: {
    title: 'too many combinations',
    meaning: 'A matrix may have at most 256 combinations.',
    fix: 'Vary fewer values, or leave combinations out with `except`.',
  },
  SP1042: {
    title: 'a matrix that cannot be expanded',
    meaning: '`vary` maps paths to lists of values; `except` lists maps whose paths are varied and whose values occur.',
    fix: 'Example: vary: { producers.checkout.config.acks: [1, all] }.',
  },
  SP1100: {
    title: 'unknown key',
    meaning: 'The scenario language has no such key here.',
    fix: 'Use the nearest key that the message names, or look the key up in docs/language.md.',
  },
  SP1101: {
    title: 'a key is missing',
    meaning: 'Something cannot be understood without this key.',
    fix: 'Add the key.',
  },
  SP1102: {
    title: 'the wrong kind of value',
    meaning: 'A list where text is needed, text where a number is needed, and so on.',
    fix: 'The message says what is expected.',
  },
  SP1103: {
    title: 'not one of the known words',
    meaning: 'The key takes one of a few words.',
    fix: 'The message lists them.',
  },
  SP1104: {
    title: 'a number out of range',
    meaning: 'The number is smaller or larger than the model or Kafka can carry.',
    fix: 'The message gives the limit.',
  },
  SP1105: {
    title: 'a name that Kafka or the language refuses',
    meaning:
      'Topic names have at most 249 of the characters a-z A-Z 0-9 . _ - and are not "." or "..", and two names may not differ only in . and _. Other names are up to 120 characters without control characters or surrounding spaces.',
    fix: 'Rename it.',
  },
  SP1106: {
    title: 'too many or too few entries',
    meaning: 'A list or map has more entries than the model can carry, or none where at least one is needed.',
    fix: 'The message gives the limit.',
  },
  SP1107: {
    title: 'keys that exclude each other',
    meaning: 'Exactly one of several keys must be written (a failure has one verb, and one of `at`, `after`, `every`).',
    fix: 'Keep one; write a second entry for the other.',
  },
  SP1120: {
    title: 'not a duration',
    meaning: 'Durations are a number and one of us, ms, s, m, h, d.',
    fix: 'Examples: 250us, 5ms, 2m, 1.5h, 7d.',
  },
  SP1121: {
    title: 'not a size',
    meaning: 'Sizes are a number and one of B, KB, MB, GB, TB (1000) or KiB, MiB, GiB, TiB (1024).',
    fix: 'Examples: 512B, 1KiB, 10GB.',
  },
  SP1122: {
    title: 'not a rate',
    meaning:
      'Rates are records per time (20k/s, 300/m) or bytes or bits per second (80MB/s, 10Gbps), whichever the key asks for.',
    fix: 'Examples: 20k/s, 80MB/s, 10Gbps.',
  },
  SP1123: {
    title: 'not a share',
    meaning: 'Shares are percentages from 0% to 100%.',
    fix: 'Examples: 2%, 99.95%.',
  },
  SP1124: {
    title: 'not a count or factor',
    meaning: 'Counts are whole numbers, also with k or M (100k); factors are written 10x.',
    fix: 'Examples: 5, 100k, 10x.',
  },
  SP1125: {
    title: 'not a comparison',
    meaning:
      'Comparisons are <, <=, >, >=, = and a value, or an interval a..b with both ends included; the unit is that of the metric.',
    fix: 'Examples: "< 60ms", ">= 5", "= 0", "7s..10.1s".',
  },
  SP1126: {
    title: 'not a target',
    meaning: 'A failure or operation acts on brokers, controllers, zones, regions or clients, by name or by role.',
    fix: 'Examples: broker: 3, leader of orders-0, controller, zone: eu-west/a, client: checkout/0.',
  },
  SP1140: {
    title: 'unknown cluster',
    meaning: 'The name is not defined under `clusters:`.',
    fix: 'Define it or correct the name.',
  },
  SP1141: {
    title: 'unknown topic',
    meaning: 'No cluster in question defines this topic.',
    fix: "Define it under the cluster's `topics:` or correct the name.",
  },
  SP1142: {
    title: 'unknown partition',
    meaning: 'Partitions are written topic-number, counted from 0.',
    fix: 'Example: orders-0.',
  },
  SP1143: {
    title: 'unknown client or group',
    meaning:
      'The name is neither a producer nor a consumer group of the scenario, or it has no such instance (counted from 0).',
    fix: 'Define it under `producers:` or `consumers:` or correct the name.',
  },
  SP1145: {
    title: 'unknown broker or controller',
    meaning: 'Brokers are numbered from 1, dedicated controllers from 101.',
    fix: 'Use an id that the cluster has.',
  },
  SP1146: {
    title: 'unknown region or zone',
    meaning: 'The region or zone is not defined under `regions:`.',
    fix: 'Define it, or write a zone as region/zone.',
  },
  SP1147: {
    title: 'unknown failure or operation',
    meaning: 'The name is not the `name` of a failure or operation of this scenario.',
    fix: 'Give the failure a `name` and use it.',
  },
  SP1148: {
    title: 'it is not clear which one',
    meaning: 'Several clusters (or regions) have what is named, or several clusters exist and none is named.',
    fix: 'Add `cluster: NAME`, or write zones as region/zone.',
  },
  SP1149: {
    title: 'unknown disk',
    meaning: 'The brokers have fewer disks than that; they are counted from 1.',
    fix: 'List the disks under `brokers: { hardware: { disks: [...] } }`, or name one that is there.',
  },
  SP1150: {
    title: 'a name twice',
    meaning: 'Names of failures and operations, of producers and groups must be unique, since others refer to them.',
    fix: 'Rename one.',
  },
  SP1151: {
    title: 'regions without a link',
    meaning:
      'Brokers or clients in two regions talk to each other, but no entry of `links` says how far apart they are.',
    fix: 'Add an entry: links: [{ between: [eu-west, us-east], latency: 38ms }].',
  },
  SP1152: {
    title: 'a time that makes no sense',
    meaning:
      'A warm-up as long as the scenario, a window that ends before it begins, something that starts after the end.',
    fix: 'Correct the times.',
  },
  SP1153: {
    title: 'triggers in a circle',
    meaning: 'Failures and operations wait for each other, so none of them would ever begin.',
    fix: 'Give one of them an `at`.',
  },
  SP1160: {
    title: 'unknown Kafka version',
    meaning: 'Versions are minors from 2.8 to 4.3.',
    fix: 'Example: kafka: "4.1".',
  },
  SP1161: {
    title: 'unknown Kafka config',
    meaning: 'No supported release of Kafka has a config of this name in this place.',
    fix: 'Use the nearest name that the message gives.',
  },
  SP1162: {
    title: 'a Kafka config of another version',
    meaning: 'The config exists in Kafka, but not in the version of this cluster.',
    fix: 'Choose another `kafka:` version or remove the config.',
  },
  SP1163: {
    title: 'a Kafka config in the wrong place',
    meaning:
      'A broker config under a topic, a topic config under a broker, a consumer config under a producer, and so on.',
    fix: 'The message names the right place, and the broker config that supplies a topic default.',
  },
  SP1164: {
    title: 'a value that Kafka refuses',
    meaning: 'The value has the wrong type for this config, or is outside of its range.',
    fix: 'The message says what Kafka accepts.',
  },
  SP1165: {
    title: 'Kafka configs that contradict each other',
    meaning: 'Kafka refuses to start with this combination.',
    fix: 'The message names the rule.',
  },
  SP1166: {
    title: 'more replicas than brokers',
    meaning: 'A partition has at most one replica per broker.',
    fix: 'Lower the replication factor or add brokers.',
  },
  SP1167: {
    title: 'a replica assignment that Kafka refuses',
    meaning: 'Manual assignments name every partition from 0 on, each with the same number of different brokers.',
    fix: 'Example: replicas: { 0: [1, 2], 1: [2, 3] }.',
  },
  SP1168: {
    title: 'a config that the scenario sets elsewhere',
    meaning: 'Addresses, ids and racks come from the structure of the scenario (names, zones), not from configs.',
    fix: 'Remove the config; the message names the key that stands for it.',
  },
  SP1169: {
    title: 'an operation that Kafka refuses',
    meaning:
      'What the operation asks for can never succeed: fewer partitions than there are, a broker that moves nowhere.',
    fix: 'The message says what Kafka would answer.',
  },
  SP1170: {
    title: 'an upgrade that Kafka does not have',
    meaning: 'Kafka has no rolling upgrade between these two releases.',
    fix: 'Go by way of a release in between; the message says why.',
  },
  SP1180: {
    title: 'not available yet',
    meaning: 'The language has this, but the model does not behave accordingly yet. It is refused rather than ignored.',
    fix: 'Leave it out for now.',
  },
  SP1190: {
    title: 'more errors than shown',
    meaning: 'At most 100 problems are listed.',
    fix: 'Correct the ones shown first.',
  },
  SP1191: {
    title: 'more records than a run can take',
    meaning: 'The rates of all producers over their time add up to more than 1,000,000,000 records.',
    fix: 'Shorten `duration` or lower a rate; the message shows the sum.',
  },
  SP1201: {
    title: 'a write that can never succeed',
    meaning:
      'min.insync.replicas is larger than the replication factor: every produce request with acks=all will be refused.',
    fix: 'Lower min.insync.replicas or raise the replication factor.',
  },
  SP1202: {
    title: 'a word that older YAML reads differently',
    meaning: 'YAML 1.1 reads yes, no, on, off as booleans; here they are text.',
    fix: 'Write true or false, or put quotes around the word.',
  },
  SP1203: {
    title: 'something that never happens',
    meaning: 'It begins at or after the end of the scenario, or nothing uses it.',
    fix: 'Move it or lengthen `duration`.',
  },
  SP1204: {
    title: 'idempotence is switched off by other configs',
    meaning:
      'acks other than all, retries of 0 or more than five requests in flight switch the default idempotence off silently.',
    fix: 'Say enable.idempotence: false if that is meant.',
  },
  SP1207: {
    title: 'KRaft before it was made for production',
    meaning:
      'Up to 3.2 KRaft was early access (2.8) or a preview, for tests only; people ran these releases with ZooKeeper. The model plays what KRaft did then.',
    fix: 'Say coordination: zookeeper, or choose 3.3 or later, unless early KRaft is what you want to see.',
  },
  SP1206: {
    title: 'an operation that Kafka will refuse',
    meaning:
      'It is known already that a broker or the controller will answer with an error. The operation runs nevertheless, changes nothing and ends with that error.',
    fix: 'Correct it, or leave it if the refusal is what you want to see.',
  },
} as const satisfies Record<`SP1${string}`, CodeEntry>;

export type DiagnosticCode = keyof typeof CODES;

/** What a code means and what to do about it, as text; undefined for a code that does not exist. */
export function explainCode(code: string): string | undefined {
  const name = code.toUpperCase();
  if (!Object.hasOwn(CODES, name)) return undefined;
  const { title, meaning, fix } = CODES[name as DiagnosticCode];
  return `${name}: ${title}\n\n${meaning}\n\nWhat to do: ${fix}`;
}
