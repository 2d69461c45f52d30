/** The bundled worker as text; the bundler puts it in. */
declare module 'worker-source' {
  const source: string;
  export default source;
}
