import type { Scenario } from '../scenario/scenario.ts';
import { UserError } from './userError.ts';

export interface Selection {
  readonly grep?: string | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly variant?: readonly string[] | undefined;
}

/** The scenarios that match everything that was asked; in their order. */
export function select(scenarios: readonly Scenario[], selection: Selection): Scenario[] {
  const text = selection.grep?.toLowerCase();
  const { tag: tags, variant: variants } = selection;
  return scenarios.filter((scenario) => {
    const isFound =
      text === undefined ||
      scenario.name.toLowerCase().includes(text) ||
      scenario.source.path.toLowerCase().includes(text);
    const isTagged = tags === undefined || tags.some((tag) => scenario.tags.includes(tag));
    return isFound && isTagged && (variants ?? []).every((variant) => hasValue(scenario, variant));
  });
}

function hasValue(scenario: Scenario, variant: string): boolean {
  return scenario.variant.some(({ path, value }) => `${path}=${value}` === variant);
}

/** @throws UserError that names what was asked, since a typing error in a filter would otherwise pass every check */
export function refuseEmptySelection(found: number, selection: Selection): void {
  if (found > 0) return;
  const asked = [
    selection.grep === undefined ? '' : `--grep '${selection.grep}'`,
    ...(selection.tag ?? []).map((tag) => `--tag ${tag}`),
    ...(selection.variant ?? []).map((variant) => `--variant '${variant}'`),
  ].filter((text) => text !== '');
  const what =
    asked.length === 0 ? 'no scenario file (*.scenario.yaml) was found' : `no scenario matches ${asked.join(' ')}`;
  throw new UserError(`${what}; 'streamproof list' shows what there is`);
}
