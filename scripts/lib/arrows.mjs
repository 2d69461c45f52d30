// Holds which room of the house may import which; lint enforces it and a unit test holds the projects to it.

/** The rooms that each room may import, by folder. */
export const arrows = {
  'src/symbolic': [],
  'src/conv': ['src/symbolic'],
  'src/python': ['src/symbolic'],
  'src/interp': ['src/python', 'src/symbolic'],
  'src/frameworks': ['src/interp', 'src/conv', 'src/symbolic'],
  'src/analysis': ['src/frameworks', 'src/interp', 'src/python', 'src/conv', 'src/symbolic'],
  'src/present': ['src/analysis', 'src/conv', 'src/symbolic'],
  'src/protocol': ['src/analysis', 'src/conv', 'src/symbolic'],
  'src/analysis-worker': ['src/analysis', 'src/protocol'],
  'src/editor': ['src/present', 'src/analysis', 'src/protocol', 'src/symbolic'],
  'src/report': ['src/present', 'src/analysis', 'src/symbolic'],
  'webview/engine': ['src/conv', 'src/symbolic'],
  'webview/worker': ['webview/engine', 'src/protocol', 'src/symbolic'],
  'webview/page': ['src/protocol', 'src/conv', 'src/symbolic'],
};
