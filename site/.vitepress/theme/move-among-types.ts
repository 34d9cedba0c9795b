/** Names in code whose types a page shows. One of each block is a tab stop. */
const NAME = '.twoslash-hover > [tabindex]';

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowDown', 1],
  ['ArrowLeft', -1],
  ['ArrowUp', -1],
]);

/** Moves the focus from name to name with the arrow keys, and to the block with Escape, which hides the type. */
export function moveAmongTypes(event: KeyboardEvent): void {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || !target.matches(NAME)) return;
  const block = target.closest('pre');
  if (key === 'Escape') block?.focus();
  const step = STEPS.get(key);
  if (step === undefined || block === null) return;
  event.preventDefault();
  const names = [...block.querySelectorAll<HTMLElement>(NAME)];
  const next = names[names.indexOf(target) + step];
  if (next === undefined) return;
  target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
