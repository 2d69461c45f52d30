/** The form controls. This file alone knows which library makes them. */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import { type Attributes, setAttributes } from './dom';

/** Registers the controls' elements; call once, before any is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption());
}

/** What a button is and does. */
export interface ButtonOptions {
  readonly label: string;
  readonly isPrimary?: boolean;
  readonly attributes?: Attributes;
  onClick(): void;
}

/** A push button. */
export function button({ label, isPrimary = false, attributes = {}, onClick }: ButtonOptions): HTMLElement {
  const element = document.createElement('vscode-button');
  setAttributes(element, { appearance: isPrimary ? 'primary' : 'secondary', ...attributes });
  element.textContent = label;
  element.addEventListener('click', onClick);
  return element;
}

/** What a dropdown offers. */
export interface DropdownOptions<T extends string> {
  /** Its name for screen readers. */
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly attributes?: Attributes;
  onChange(value: T): void;
}

/** A list to choose one of. */
export function dropdown<T extends string>(options: DropdownOptions<T>): HTMLElement {
  const element = document.createElement('vscode-dropdown');
  setAttributes(element, { 'aria-label': options.label, ...options.attributes });
  for (const { value, text } of options.options) {
    const option = document.createElement('vscode-option');
    setAttributes(option, { value, selected: value === options.value });
    option.textContent = text;
    element.append(option);
  }
  element.addEventListener('change', () => {
    const chosen = options.options.find(({ value }) => value === (element as HTMLInputElement).value);
    if (chosen !== undefined) options.onChange(chosen.value);
  });
  return element;
}
