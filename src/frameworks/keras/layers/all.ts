/** All Keras layers that are no convolutions, as rows. */
import type { Row } from '../../library';
import { ruleRow } from '../layerRule';
import { ATTENTION_RULES } from './attention';
import { DENSE_RULES } from './dense';
import { NORMALIZATION_RULES } from './normalization';
import { RECURRENT_RULES } from './recurrent';
import { KEEPING_RULES, MERGING_RULES, mergingFunctions, SHAPING_RULES } from './shaping';
import { IMAGE_RULES, SPATIAL_RULES } from './spatial';
import { WRAPPER_RULES } from './wrappers';

const RULES = [
  ...DENSE_RULES,
  ...NORMALIZATION_RULES,
  ...RECURRENT_RULES,
  ...ATTENTION_RULES,
  ...SPATIAL_RULES,
  ...IMAGE_RULES,
  ...SHAPING_RULES,
  ...KEEPING_RULES,
  ...MERGING_RULES,
  ...WRAPPER_RULES,
];

/** Rows of every layer and of the functions that make and call one. */
export function ruleRows(): Row[] {
  return [...RULES.map(ruleRow), ...mergingFunctions()];
}
