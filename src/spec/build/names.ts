import type { Cluster, ConsumerGroup, Producer, Region, Topic } from '../../scenario/scenario.ts';
import { didYouMean } from '../check/kinds.ts';
import type { DiagnosticCode } from '../codes.ts';
import type { Diagnostics } from '../diagnostics.ts';
import { nearest } from '../nearest.ts';
import type { Span } from '../tree.ts';

/** What a name in a scenario may refer to, and how an unknown one is reported. */
export class Names {
  readonly diagnostics: Diagnostics;
  regions: readonly Region[] = [];
  /** False when the regions are the default ones. */
  regionsWritten = false;
  clusters: readonly Cluster[] = [];
  producers: readonly Producer[] = [];
  consumers: readonly ConsumerGroup[] = [];
  /** Names of clients as written, those included that could not be built. */
  declaredClients: ReadonlySet<string> = new Set();
  /** `cluster/topic` of topics with errors of their own: their partition count may not be what is meant. */
  readonly doubtfulTopics = new Set<string>();
  /** `cluster/topic` to the most partitions that a createPartitions operation gives the topic. */
  readonly laterPartitions = new Map<string, number>();
  /** Ids of the brokers that each addBrokers operation brings, by the operation's place in the tree. */
  readonly addedBrokers = new Map<unknown, readonly number[]>();
  /** Names of failures and operations. */
  events: readonly string[] = [];

  constructor(diagnostics: Diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The named cluster; without a name the only one there is. */
  cluster(name: string | undefined, span: Span): Cluster | undefined {
    if (name === undefined && this.clusters.length === 1) return this.clusters[0];
    if (name === undefined) {
      this.diagnostics.error('SP1148', span, 'it is not said which cluster', {
        hint: `add cluster: ${this.clusters.map((c) => c.name).join(' or ')}`,
      });
      return undefined;
    }
    return this.#find('SP1140', 'cluster', this.clusters, name, span);
  }

  topic(cluster: Cluster, name: string, span: Span): Topic | undefined {
    const where = this.clusters.length > 1 ? ` in cluster '${cluster.name}'` : '';
    return this.#find('SP1141', 'topic', cluster.topics, name, span, where);
  }

  /** A topic by its name alone: in the named cluster, else in the only cluster that has it. */
  topicAnywhere(
    name: string,
    clusterName: string | undefined,
    span: Span,
  ): { cluster: Cluster; topic: Topic } | undefined {
    if (clusterName !== undefined) {
      const cluster = this.cluster(clusterName, span);
      const topic = cluster && this.topic(cluster, name, span);
      return topic && { cluster, topic };
    }
    const found = this.clusters.flatMap((cluster) =>
      cluster.topics.filter((topic) => topic.name === name).map((topic) => ({ cluster, topic })),
    );
    if (found.length > 1) {
      const clusters = found.map(({ cluster }) => cluster.name).join(', ');
      this.diagnostics.error('SP1148', span, `several clusters have a topic '${name}': ${clusters}`, {
        hint: 'add cluster: NAME',
      });
    }
    if (found.length === 0)
      this.#unknown(
        'SP1141',
        'topic',
        name,
        this.clusters.flatMap((c) => c.topics.map((t) => t.name)),
        span,
      );
    return found.length === 1 ? found[0] : undefined;
  }

  /** `orders-0`: the number after the last dash is the partition. */
  partition(
    text: string,
    clusterName: string | undefined,
    span: Span,
  ): { cluster: Cluster; topic: Topic; partition: number } | undefined {
    const match = /^(.+)-(\d{1,6})$/.exec(text.trim());
    if (!match) {
      this.diagnostics.error('SP1142', span, `expected a partition such as orders-0, not '${text}'`);
      return undefined;
    }
    const found = this.topicAnywhere(match[1]!, clusterName, span);
    const partition = Number(match[2]);
    const isDoubtful = found && this.doubtfulTopics.has(`${found.cluster.name}/${found.topic.name}`);
    const most = found && this.mostPartitions(found.cluster, found.topic);
    if (found && partition >= most!) {
      if (isDoubtful) return undefined;
      this.diagnostics.error('SP1142', span, `topic '${found.topic.name}' has no partition ${partition}`, {
        hint: `its partitions are 0 to ${most! - 1}`,
      });
      return undefined;
    }
    return found && { ...found, partition };
  }

  /** Partitions of the topic, those included that come later. */
  mostPartitions(cluster: Cluster, topic: Topic): number {
    return Math.max(topic.partitionCount, this.laterPartitions.get(`${cluster.name}/${topic.name}`) ?? 0);
  }

  group(name: string, span: Span): ConsumerGroup | undefined {
    return this.#find('SP1143', 'consumer group', this.consumers, name, span);
  }

  client(name: string, span: Span): Producer | ConsumerGroup | undefined {
    return this.#find('SP1143', 'producer or consumer group', [...this.producers, ...this.consumers], name, span);
  }

  region(name: string, span: Span): Region | undefined {
    return this.#find('SP1146', 'region', this.regions, name, span);
  }

  event(name: string, span: Span): string | undefined {
    return this.#find(
      'SP1147',
      'failure or operation',
      this.events.map((event) => ({ name: event })),
      name,
      span,
    )?.name;
  }

  #find<T extends { readonly name: string }>(
    code: DiagnosticCode,
    noun: string,
    things: readonly T[],
    name: string,
    span: Span,
    where = '',
  ): T | undefined {
    const found = things.find((thing) => thing.name === name);
    const isDeclared = code === 'SP1143' && this.declaredClients.has(name);
    if (!found && !isDeclared)
      this.#unknown(
        code,
        noun,
        name,
        things.map((thing) => thing.name),
        span,
        where,
      );
    return found;
  }

  #unknown(code: DiagnosticCode, noun: string, name: string, known: readonly string[], span: Span, where = ''): void {
    const near = nearest(name, known);
    const list =
      known.length === 0
        ? 'none is defined'
        : `known: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', ...' : ''}`;
    this.diagnostics.error(code, span, `unknown ${noun} '${name}'${where}`, {
      hint: didYouMean(near) ?? list,
    });
  }
}
