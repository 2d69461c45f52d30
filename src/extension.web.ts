/** Entry for the web extension host: the same extension. */
export { activate } from './extension';
