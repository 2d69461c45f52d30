/** Parameter lists arranged for calls. */
import type { Parameter, Parameters } from './syntax';

/** The list with its parameters told apart by how a call reaches them. */
export function arrangeParameters(list: readonly Parameter[]): Parameters {
  const positional = list.filter(({ form }) => form === 'positionalOnly' || form === 'normal');
  const byKeyword = list.filter(({ form }) => form === 'normal' || form === 'keywordOnly');
  return {
    list,
    positional,
    byKeyword: new Set(byKeyword.map(({ name }) => name)),
    star: list.find(({ form, name }) => form === 'star' && name !== ''),
    doubleStar: list.find(({ form }) => form === 'doubleStar'),
  };
}
