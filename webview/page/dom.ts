/** Making elements. Text is always text: nothing here parses markup. */

/** What an element can hold. */
export type Child = Node | string | undefined;

/** Attributes by name; `true` is an empty attribute, `false` and `undefined` none. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and children; `undefined` children are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Sets, or for `false` and `undefined` removes, each attribute. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** A button that looks like a link. */
export function linkButton(
  text: string,
  onClick: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'link', ...attributes }, text);
  button.addEventListener('click', onClick);
  return button;
}

/** A sign that repeats what a word beside it says, so that screen readers need not read it. */
export function sign(text: string): HTMLElement {
  return h('span', { class: 'sign', 'aria-hidden': 'true' }, text);
}

/**
 * Puts new children in place of the old ones. Focus stays on the element with the same `data-key`; where there is
 * none it goes to the one marked `data-fallback`.
 */
export function replaceChildren(root: HTMLElement, children: readonly Child[]): void {
  const active = document.activeElement;
  const hadFocus = active instanceof HTMLElement && root.contains(active);
  const key = hadFocus ? active.dataset['key'] : undefined;
  root.replaceChildren(...children.filter((child) => child !== undefined));
  if (!hadFocus) return;
  const heir = [...root.querySelectorAll<HTMLElement>('[data-key]')].find(
    (each) => each.dataset['key'] === key,
  );
  (heir ?? root.querySelector<HTMLElement>('[data-fallback]'))?.focus();
}
