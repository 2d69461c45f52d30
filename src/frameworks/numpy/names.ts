/** Full names that several tables of NumPy use. */

export const ARRAY = 'numpy.ndarray';
