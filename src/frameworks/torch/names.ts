/** Full names that several tables of PyTorch use. */

export const TENSOR = 'torch.Tensor';
