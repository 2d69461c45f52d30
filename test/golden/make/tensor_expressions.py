"""What PyTorch and NumPy make of expressions on tensors: the shape of a tensor, or the value of what is none."""

import math
import warnings

import numpy as np
import torch

import common

SETUP = {
    'torch': torch,
    'np': np,
    'math': math,
    'x': torch.zeros(2, 3, 4, 5),
    'm': torch.zeros(3, 4),
    'v': torch.zeros(4),
    'u': torch.zeros(1, 3, 1, 5),
    'i': torch.arange(6),
    'f': torch.arange(1, 6) / 4,
    'b': torch.tensor([True, False, True, True]),
    'a': np.zeros((2, 3, 4, 5)),
    'n': np.arange(6),
    'g': np.linspace(0, 1, 5),
    'w': np.array([16, 24, 40, 80]),
}

TORCH = '''
x.view(2, -1)
x.view(x.size(0), -1)
x.view(-1)
x.view(6, 4, 5)
x.view((2, 12, 5))
x.view(x.shape[0], *x.shape[2:], 3)
x.reshape(2, 3, 20)
x.reshape(-1, 4)
x.reshape([6, -1])
torch.reshape(x, (2, 60))
x.view_as(torch.zeros(6, 20))
x.flatten()
x.flatten(1)
x.flatten(1, 2)
x.flatten(start_dim=-2)
torch.flatten(x, 1)
torch.flatten(x, 2, -1)
x.ravel()
x.unflatten(1, (3, 1))
x.unflatten(-1, (5, -1))
torch.unflatten(m, 1, (2, 2))
x.permute(0, 2, 3, 1)
x.permute((3, 2, 1, 0))
torch.permute(x, (0, 3, 1, 2))
x.transpose(1, 2)
x.transpose(-1, -2)
torch.transpose(x, 0, 3)
x.swapaxes(0, 1)
x.swapdims(1, -1)
x.movedim(1, -1)
torch.movedim(x, (0, 1), (-1, -2))
torch.moveaxis(x, 0, 2)
m.t()
m.T
x.mT
v.T
u.squeeze()
u.squeeze(0)
u.squeeze(1)
u.squeeze((0, 2))
torch.squeeze(u, dim=2)
x.unsqueeze(0)
x.unsqueeze(-1)
torch.unsqueeze(v, 1)
u.expand(2, 3, 4, 5)
u.expand(-1, -1, 7, -1)
v.expand(3, 4)
v.expand(2, 3, -1)
u.expand_as(x)
torch.broadcast_to(v, (2, 4))
v.repeat(2)
v.repeat(3, 2)
m.repeat(2, 1, 3)
x.tile(2, 1)
torch.tile(m, (2, 2))
v.repeat_interleave(3)
m.repeat_interleave(2, dim=0)
torch.repeat_interleave(m, 2)
torch.repeat_interleave(v, torch.tensor([1, 2, 0, 3]))
torch.cat([x, x], 1)
torch.cat((x, x, x), dim=-1)
torch.concat([m, m])
torch.stack([m, m, m])
torch.stack((m, m), -1)
torch.stack([v for _ in range(5)], dim=1)
torch.hstack([v, v])
torch.hstack([m, m])
torch.vstack([v, v, v])
torch.vstack([m, m])
torch.dstack([m, m])
torch.column_stack([v, v])
torch.block_diag(m, m)
x.split(2, dim=2)
x.split([1, 2], 1)
torch.split(x, 2, -1)
x.chunk(2, 1)
x.chunk(2, dim=2)
torch.chunk(x, 3, -1)
x.unbind(1)
torch.unbind(m)
x.tensor_split(3, dim=3)
x.tensor_split((1, 3), dim=3)
torch.tensor_split(i, 4)
torch.tensor_split(x, indices=(1,), dim=2)
x.tensor_split(sections=3, dim=3)
m.hsplit(indices=(1, 3))
torch.vsplit(m, sections=3)
torch.hsplit(m, 2)
torch.vsplit(m, 3)
x.narrow(1, 1, 2)
x.select(2, 0)
x.index_select(1, torch.tensor([0, 2]))
torch.index_select(x, 3, i[:2])
torch.gather(m, 1, torch.zeros(3, 2, dtype=torch.long))
torch.take_along_dim(m, torch.zeros(3, 1, dtype=torch.long), dim=1)
x.diagonal()
x.diagonal(1, 2, 3)
torch.diag(v)
torch.diag(m)
torch.diag(v, 2)
torch.tril(m)
x.flip(1)
x.flip([0, 2])
torch.flip(x, dims=(1,))
x.roll(1, 0)
torch.roll(x, shifts=(1, 2), dims=(2, 3))
torch.rot90(m)
torch.rot90(x, 1, [2, 3])
torch.rot90(m, 2)
x.unfold(2, 2, 1)
x.unfold(3, 3, 2)
torch.meshgrid(v, torch.zeros(3), indexing='ij')
torch.meshgrid([torch.zeros(2), torch.zeros(7)], indexing='xy')
torch.broadcast_tensors(u, x)
torch.broadcast_shapes((1, 3), (2, 1))
torch.atleast_2d(v)
torch.atleast_3d(m)
x[0]
x[-1]
x[0, 1]
x[:, 1]
x[:, :, 1:3]
x[..., 0]
x[..., :2]
x[0, ..., 1]
x[:, None]
x[None, ..., None]
x[:, :, ::2, ::3]
x[:, -2:]
x[:, :-1, 1:-1]
x[1:1]
x[:, 5:]
x[:, :, -3:-1]
x[[0, 1]]
x[:, [0, 2, 1, 1]]
x[:, [0, 1], [1, 2]]
x[[0, 1], :, [1, 2]]
x[0, :, [1, 2]]
x[:, i[:3]]
x[torch.tensor([[0, 1], [1, 0]])]
x[:, torch.zeros(2, 2, dtype=torch.long), :, 0]
x[:, torch.tensor([[0], [1]]), torch.tensor([0, 1, 2])]
v[b].dim()
v[torch.tensor(2)]
x[:, 1:2, ..., -1]
x + 1
1 - x
x * v.sum()
x / 2.0
x // 2
x % 3
x ** 2
2 ** i
-x
abs(x)
x + u
m + v
m[:, :1] * v
x > 0
x == u
0 < i
b & b
~b
b | (v > 0)
torch.add(x, u)
torch.mul(m, v)
torch.div(m, 2)
x.add(1).mul(2).sub(3).div(4)
torch.maximum(m, v)
torch.where(m > 0, m, v)
torch.where(b, v, 0.0)
x.clamp(0, 1)
x.clamp(min=0)
torch.clamp(x, max=6)
x.masked_fill(x > 0, -1.0)
m @ v
m @ m.T
x @ x.transpose(-1, -2)
v @ v
torch.matmul(x, torch.zeros(5, 7))
torch.matmul(u, torch.zeros(5, 2))
torch.mm(m, torch.zeros(4, 6))
torch.bmm(torch.zeros(2, 3, 4), torch.zeros(2, 4, 5))
torch.zeros(2, 3, 4).bmm(torch.zeros(2, 4, 6))
torch.baddbmm(torch.zeros(2, 3, 5), torch.zeros(2, 3, 4), torch.zeros(2, 4, 5))
torch.addmm(torch.zeros(3, 2), m, torch.zeros(4, 2))
torch.mv(m, v)
torch.dot(v, v)
torch.outer(v, torch.zeros(3))
torch.inner(m, v)
torch.tensordot(x, torch.zeros(4, 5, 2), dims=2)
torch.tensordot(x, m, dims=([1, 2], [0, 1]))
torch.einsum('bchw,bchw->bc', x, x)
torch.einsum('bchw,cd->bdhw', x, torch.zeros(3, 6))
torch.einsum('ij,jk', m, torch.zeros(4, 2))
torch.einsum('...ij,...kj->...ik', x, x)
torch.einsum('ij->ji', m)
torch.einsum('ii', torch.zeros(3, 3))
torch.einsum('b i d , b j d -> b i j', torch.zeros(2, 3, 4), torch.zeros(2, 5, 4))
torch.einsum('nctkv,kvw->nctw', [torch.zeros(1, 2, 3, 4, 5), torch.zeros(4, 5, 6)])
torch.cdist(torch.zeros(2, 3, 4), torch.zeros(2, 5, 4))
m[torch.zeros(70, 70).long().sum(0)]
m[torch.zeros(70, 70, dtype=torch.bool).sum(1)]
m[torch.zeros(70, 70).sum(1, dtype=torch.long)]
m[torch.zeros(70, 70).int().amax(1)]
m[torch.zeros(70, 70).count_nonzero(0)]
m[(torch.flatten(torch.stack(torch.meshgrid(i, i, indexing='ij')), 1) * 0).sum(0)]
x.mean()
x.mean(1)
x.mean([2, 3])
x.mean((2, 3), keepdim=True)
x.mean(dim=(-2, -1))
x.sum(dim=1, keepdim=True)
x.sum(axis=1)
x.sum(-1, True)
torch.mean(x, dim=[2, 3], keepdim=True)
x.max()
x.max(1)[0]
x.max(1).values
x.max(dim=1, keepdim=True).indices
torch.max(x, 1)[1]
torch.max(m, v)
x.amax(dim=(2, 3), keepdim=True)
x.argmax(1)
x.argmax(dim=1, keepdim=True)
torch.argmax(x)
x.min(-1)[0]
x.std(1)
x.var(dim=(2, 3), keepdim=True)
x.var(1, unbiased=False, keepdim=True)
x.norm()
x.norm(dim=1)
x.norm(p=2, dim=1, keepdim=True)
x.softmax(-1)
torch.softmax(x, dim=1)
x.log_softmax(1)
x.cumsum(1)
x.topk(2, dim=1)[0]
x.topk(3)[1]
x.topk(k=2, dim=-1).indices
x.sort(1)[0]
x.argsort(dim=1)
x.any()
x.any(1)
x.all(dim=1, keepdim=True)
x.logsumexp(1)
x.median()
x.median(1)[0]
x.kthvalue(2)[0]
torch.std_mean(x, 1)
x.prod(1)
x.nonzero().dim()
torch.diff(i)
torch.diff(m, dim=0)
torch.zeros(2, 3)
torch.zeros((2, 3))
torch.zeros(*x.shape[:2], 7)
torch.zeros(x.size())
torch.ones(size=(4, 5))
torch.full((2, 2), 7)
torch.eye(3)
torch.eye(3, 5)
torch.arange(5)
torch.arange(2, 10, 3)
torch.arange(0, 1, 0.25)
torch.arange(5, 0, -2)
torch.linspace(0, 1, 7)
torch.linspace(0, 1, steps=5)
torch.rand(2, 3)
torch.randn_like(x)
torch.randint(0, 10, (2, 5))
torch.randint(5, size=(3,))
torch.randperm(6)
torch.zeros_like(m)
x.new_zeros(2, 2)
x.new_ones((3,))
x.new_full((2, 3), 1.0)
x.new_tensor([1, 2])
torch.tensor([[1, 2, 3], [4, 5, 6]])
torch.tensor(3.5)
torch.tensor([])
torch.as_tensor([1, 2])
torch.from_numpy(a)
torch.Tensor(2, 3)
torch.Tensor([1, 2, 3])
x.to(torch.float64)
x.type(torch.int32)
x.float()
x.to('cpu')
x.detach().clone().cpu().numpy()
x.data
x.contiguous().view(2, 60)
torch.fft.fft2(x)
torch.fft.rfft(x)
torch.fft.rfft2(x)
torch.fft.irfft2(x)
torch.fft.rfft2(x, dim=(1, 2))
torch.fft.irfft2(x, s=(4, 6))
torch.fft.fftshift(x)
x.dim()
x.ndim
x.numel()
x.nelement()
x.size()
x.size(1)
x.size(-1)
x.shape
x.shape[-2:]
tuple(x.shape)
list(x.shape)
len(x)
[len(part) for part in x]
[tuple(part.shape) for part in m]
isinstance(x, torch.Tensor)
torch.is_tensor(x)
torch.is_tensor([1])
x.dtype == torch.float32
i.dtype == torch.int64
(i / 2).dtype == torch.float32
(x > 0).dtype == torch.bool
torch.float32.is_floating_point
x.is_floating_point() if False else torch.is_floating_point(i)
torch.Size([1, 2])
i.tolist()
(i * 2 + 1).tolist()
(i / 2).tolist()
(i // 2).tolist()
(i % 4).tolist()
(-i // 2).tolist()
(i ** 2).tolist()
(2 ** i).tolist()
(i - 7).tolist()
(7 - i).tolist()
i.float().tolist()
(i * 0.1).tolist()
(i.double() * 0.1).tolist()
(0.1 + i).tolist()
f.tolist()
(f * 10).int().tolist()
f.round().tolist()
torch.round(f * 2).tolist()
torch.floor(f * 3).tolist()
torch.ceil(f * 3).tolist()
torch.trunc(-f * 3).long().tolist()
torch.div(i, 2, rounding_mode='floor').tolist()
torch.div(-i, 4, rounding_mode='trunc').tolist()
torch.div(f, 0.3, rounding_mode='floor').tolist()
torch.sqrt(i).tolist()
torch.pow(i, 2).tolist()
torch.pow(f, 2).tolist()
torch.round(torch.pow(2.0, f)).tolist()
torch.round(torch.log(f * 100)).int().tolist()
torch.round(torch.exp(f) * 8).int().tolist()
(torch.round(torch.log2(i + 1) * 4) * 8).int().tolist()
i.sum().item()
i.sum().tolist()
int(i.sum())
float(f[1])
i.max().item()
i.min().item()
i.prod().item()
i.float().mean().item()
int(i[-1])
i[2].item()
i[1:4].tolist()
i[::2].tolist()
i[[0, 3]].tolist()
i[i > 2].tolist()
i.view(2, 3).tolist()
i.view(2, 3).t().tolist()
i.view(2, 3)[1].tolist()
i.view(2, 3)[:, 1].tolist()
i.view(2, 3).sum(0).tolist()
i.view(2, 3).sum(dim=1).tolist()
i.view(2, 3).max().item()
i.view(1, 2, 3).permute(2, 0, 1).tolist()
i.flip(0).tolist()
i.cumsum(0).tolist()
torch.diff(i * i).tolist()
i.split(4)[1].tolist()
i.split([1, 2, 3])[2].tolist()
i.chunk(3)[1].tolist()
[part.tolist() for part in i.split([2, 4])]
torch.cat([i, i]).tolist()
torch.stack([i[0], i[1]]).tolist()
torch.unique(torch.tensor([3, 1, 3, 2])).tolist()
len(torch.unique(torch.tensor([8, 8, 16])))
torch.sort(torch.tensor([3, 1, 2]))[0].tolist()
torch.tensor([3, 1, 2]).argmax().item()
torch.tensor([1, 2.5]).tolist()
torch.tensor([True, False]).tolist()
torch.tensor([0.1]).tolist()
torch.tensor(0.1).item()
torch.tensor(0.1, dtype=torch.float64).item()
torch.tensor([1.9, -1.9]).int().tolist()
torch.tensor([300]).to(torch.float32).tolist()
torch.arange(0, 10, 2).tolist()
torch.arange(3.0).tolist()
torch.arange(1, 4, dtype=torch.float32).tolist()
torch.zeros(3).tolist()
torch.ones(2, dtype=torch.int64).tolist()
torch.full((2,), 5).tolist()
torch.full((2,), 0.5).tolist()
torch.linspace(0, 0, 4).tolist()
torch.linspace(0, 1, 5).tolist()
torch.linspace(0, 0.3, 4)[0].item()
[x.item() for x in torch.linspace(0, 8, 5)]
torch.clamp(i, 1, 3).tolist()
torch.maximum(i, torch.tensor(3)).tolist()
torch.minimum(i, 10 - 3 * i).tolist()
torch.where(i > 2, i, 0).tolist()
(i > 2).tolist()
(i == 3).sum().item()
torch.any(i > 4).item()
bool((i >= 0).all())
(i + 0.5).int().tolist()
(torch.arange(4) * 36.44 + 48).tolist()
torch.round(torch.log((torch.arange(4) * 36.44 + 48) / 48) / math.log(2.49)).tolist()
(torch.round(torch.divide(48 * torch.pow(2.49, torch.round(torch.log((torch.arange(16) * 36.44 + 48) / 48) / math.log(2.49))), 8)) * 8).int().tolist()[::3]
(torch.arange(3, dtype=torch.int32) + torch.tensor(2)).dtype == torch.int32
[int(c) for c in torch.arange(3) * 8 + 16]
sum(torch.arange(4)).item()
[c.item() for c in i if c > 3]
'''

NUMPY = '''
a.reshape(2, -1)
a.reshape((6, 20))
np.reshape(a, (-1, 5))
a.transpose(0, 2, 3, 1)
np.transpose(a)
np.transpose(a, (0, 3, 1, 2))
a.T
a.swapaxes(1, 2)
np.moveaxis(a, 1, -1)
np.expand_dims(a, 0)
np.squeeze(a[:, :1])
a.flatten()
a.ravel()
np.concatenate([a, a], axis=1)
np.stack([a, a])
np.hstack([n, n])
np.vstack([n, n])
np.dstack([n, n])
np.split(a, 2)
np.tile(n, 2)
np.tile(n, (2, 3))
np.repeat(n, 2)
np.repeat(a, 2, axis=1)
np.pad(a, ((0, 0), (0, 0), (1, 1), (2, 2)))
np.pad(n, 2)
np.pad(a[0, 0], ((1, 1), (2, 2)), mode='constant', constant_values=0)
np.pad(a[0, 0], (1, 2))
a[0]
a[:, 1:2]
a[..., 0]
a[:, :, ::-1]
a[:, :, 3:0:-1]
a[:, None]
a[:, np.newaxis, 0]
a[:, :, 0:0 + 3, 1:1 + 3]
a[0, :, [1, 2]]
a[:, [0, 1], [1, 2]]
a[:, 0, :, [0, 1]]
a[[0, 1], :, 0]
a[0, :, 0:2, 0:2] * np.ones((3, 2, 2))
a + n[:5]
a * 2
a - a.mean(axis=(2, 3), keepdims=True)
a > 0
np.sum(a)
np.sum(a, axis=1)
a.sum(axis=(0, 1), keepdims=True)
np.mean(a, axis=-1)
np.max(a, axis=0)
np.argmax(a, axis=1)
np.std(a, axis=0)
np.dot(a[0, 0], a[0, 0].T)
np.dot(a, np.zeros((5, 2)))
a[0, 0] @ np.zeros((5, 3))
np.matmul(a, np.zeros((5, 3)))
np.einsum('bchw,cd->bdhw', a, np.zeros((3, 6)))
np.tensordot(a, np.zeros((4, 5, 2)), axes=2)
np.outer(n, n)
np.zeros((2, 3))
np.zeros(4)
np.ones([1, 2])
np.full((2, 2), 7)
np.eye(3)
np.zeros_like(a)
np.empty((0, 3))
np.arange(5)
np.arange(1, 10, 3)
np.arange(0, 1, 0.1)
np.linspace(0, 1, 11)
np.random.randn(2, 3)
np.random.rand(4)
np.random.random((2, 2))
np.random.randint(0, 5, size=(2, 3))
np.random.normal(0, 1, (3, 4))
np.random.uniform(size=(2, 5))
np.array([[1, 2], [3, 4]])
np.array([1.0])
np.asarray([[1]])
np.meshgrid(np.arange(3), np.arange(4))
np.where(a > 0, a, 0)
np.clip(a, 0, 1)
np.maximum(a, 0)
np.exp(a)
np.sqrt(a)
a.shape
a.ndim
a.size
len(a)
np.shape(a)
a.astype(np.float32)
n.tolist()
(n * 2).tolist()
(n / 2).tolist()
(n // 4).tolist()
(n ** 2).tolist()
(n + 0.5).tolist()
(2 ** n).tolist()
g.tolist()
np.linspace(0, 0.2, 4).tolist()
np.linspace(16, 256, 5).astype(int).tolist()
np.linspace(0, 1, 4, endpoint=False).tolist()
np.round(g * 3).tolist()
np.round(np.array([0.125, 2.675]), 2).tolist()
np.rint(g * 5).astype(int).tolist()
np.ceil(g * 3).tolist()
np.floor(g * 3).astype(np.int64).tolist()
np.log2(np.array([8, 16])).tolist()
int(np.log2(64))
int(np.ceil(np.log2(100)))
int(np.floor(5 / 2))
int(np.round(2.5))
int(np.sqrt(49))
np.prod([2, 3, 4]).tolist()
int(np.prod((3, 32, 32)))
np.prod(a.shape).item()
np.sum([1, 2, 3]).item()
np.cumsum([1, 2, 3]).tolist()
np.max([3, 5]).item()
np.min(w).item()
np.mean([1, 2, 4.5]).item()
np.unique([3, 1, 3]).tolist()
np.array([1.7, 2.2]).astype(int).tolist()
np.array([1, 2]).astype('float32').tolist()
w.tolist()
(w * 1.5).astype(int).tolist()
(np.ceil(w * 0.35 / 8) * 8).astype(int).tolist()
w[1].item()
int(w[-1])
w[1:3].tolist()
w[::-1].tolist()
[int(c) for c in w]
range(w[0])
list(range(np.int64(3)))
np.int64(5) + 2 == 7
int(np.float64(3.7))
np.float32(0.5).item()
np.arange(0, 10, 3).tolist()
np.arange(3, dtype=np.float32).tolist()
np.arange(2.0).tolist()
np.clip(n, 1, 3).tolist()
np.maximum(n, 3).tolist()
np.array([[1, 2], [3, 4]]).T.tolist()
np.array([[1, 2], [3, 4]]).sum(axis=0).tolist()
np.concatenate([n[:2], w]).tolist()
np.abs([-3, 2]).tolist()
np.arange(4).reshape(2, 2)[::-1].tolist()
(n > 2).sum().item()
n[n > 2].tolist()
(48 * np.power(2.49, np.round(np.log((np.arange(4) * 36.44 + 48) / 48) / np.log(2.49)))).round().astype(int).tolist()
'''


def described(value):
    """{'shape': …} of a tensor, {'shapes': …} of several, {'value': …} of anything else."""
    if isinstance(value, (torch.Tensor, np.ndarray, np.generic)):
        return {'shape': list(value.shape)}
    if isinstance(value, (tuple, list)) and value and all(isinstance(each, (torch.Tensor, np.ndarray)) for each in value):
        return {'shapes': [list(each.shape) for each in value]}
    if isinstance(value, torch.Size):
        value = tuple(value)
    return {'value': repr(value)}


def record(text, framework):
    torch.manual_seed(0)
    return {'framework': framework, 'expression': text, **described(eval(text, dict(SETUP)))}


def main():
    warnings.simplefilter('ignore')
    records = [record(line, framework) for framework, lines in (('torch', TORCH), ('numpy', NUMPY))
               for line in lines.strip().splitlines()]
    header = {'framework': 'torch and numpy', 'version': f'{torch.__version__.split("+")[0]}, {np.__version__}',
              'script': 'make/tensor_expressions.py'}
    common.write('tensor-expressions.json', header, records)


if __name__ == '__main__':
    main()
