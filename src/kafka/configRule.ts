/**
 * What a config's own validator accepts, read from the text that Kafka's validators print of themselves.
 *
 *   range     `[0,...,1]`, `[1,...]`, `-1 or [1,...]`, `[1,...,9] or -1`
 *   oneOf     `[none, all]`, `(case insensitive) [NONE, REBOOTSTRAP]`; an entry `by_duration:P...` accepts any duration
 *   notNull   `non-null string`
 *   notEmpty  `non-empty string`
 *   prose     anything else (abbreviated lists, rules of the Java runtime): shown to people, not checked.
 *             `non-empty list` too, since the quorum configs that print it have an empty list as their default
 */
export type ConfigRule =
  | { kind: 'range'; text: string; min: number; max: number; allowsMinusOne: boolean }
  | { kind: 'oneOf'; text: string; values: readonly string[]; ignoresCase: boolean }
  | { kind: 'notNull'; text: string }
  | { kind: 'notEmpty'; text: string }
  | { kind: 'prose'; text: string };

const RANGE = /^(-1 or )?\[(-?[\d.]+),\.\.\.(?:,(-?[\d.]+))?\]( or -1)?$/;
const LIST = /^(\(case insensitive\) )?\[([^[\]]*)\]$/;
const DURATION_ENTRY = 'by_duration:PnDTnHnMn.nS';
const ISO_DURATION = /^by_duration:P(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/i;

export function parseConfigRule(text: string): ConfigRule {
  const range = RANGE.exec(text);
  if (range) {
    const [, minusOneBefore, min, max, minusOneAfter] = range;
    return {
      kind: 'range',
      text,
      min: Number(min),
      max: Number(max ?? Infinity),
      allowsMinusOne: (minusOneBefore ?? minusOneAfter) !== undefined,
    };
  }
  const list = LIST.exec(text);
  if (list && !text.includes('...') && !/\d-\d/.test(text)) {
    return { kind: 'oneOf', text, values: list[2]!.split(', '), ignoresCase: list[1] !== undefined };
  }
  if (text === 'non-null string') return { kind: 'notNull', text };
  if (text === 'non-empty string') return { kind: 'notEmpty', text };
  return { kind: 'prose', text };
}

/** Whether the rule accepts `value`, which already has the config's native type. Lists are checked entry by entry. */
export function ruleAccepts(rule: ConfigRule, value: boolean | number | string | readonly string[] | null): boolean {
  switch (rule.kind) {
    case 'range':
      return value === null || inRange(rule, Number(value));
    case 'oneOf':
      if (value === null) return rule.values.includes('null');
      return (Array.isArray(value) ? value : [String(value)]).every((entry) => isListed(rule, entry));
    case 'notNull':
      return value !== null;
    case 'notEmpty':
      return value !== '';
    case 'prose':
      return true;
  }
}

function inRange(rule: { min: number; max: number; allowsMinusOne: boolean }, value: number): boolean {
  return (rule.allowsMinusOne && value === -1) || (value >= rule.min && value <= rule.max);
}

function isListed(rule: { values: readonly string[]; ignoresCase: boolean }, entry: string): boolean {
  if (rule.values.includes(entry)) return true;
  if (rule.values.includes(DURATION_ENTRY) && ISO_DURATION.test(entry)) return true;
  return rule.ignoresCase && rule.values.some((value) => value.toLowerCase() === entry.toLowerCase());
}
