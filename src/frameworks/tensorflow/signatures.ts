/** Signatures of TensorFlow's convolutions as its API docs list them. */

const NN = {
  conv1d: '(input, filters, stride, padding, data_format="NWC", dilations=None, name=None)',
  conv2d: '(input, filters, strides, padding, data_format="NHWC", dilations=None, name=None)',
  conv3d: '(input, filters, strides, padding, data_format="NDHWC", dilations=None, name=None)',
  convolution: '(input, filters, strides=None, padding="VALID", data_format=None, dilations=None, name=None)',
  atrous_conv2d: '(value, filters, rate, padding, name=None)',
  depthwise_conv2d: '(input, filter, strides, padding, data_format=None, dilations=None, name=None)',
  separable_conv2d:
    '(input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None)',
  conv1d_transpose:
    '(input, filters, output_shape, strides, padding="SAME", data_format="NWC", dilations=None, name=None)',
  conv2d_transpose:
    '(input, filters, output_shape, strides, padding="SAME", data_format="NHWC", dilations=None, name=None)',
  conv3d_transpose:
    '(input, filters, output_shape, strides, padding="SAME", data_format="NDHWC", dilations=None, name=None)',
  conv_transpose:
    '(input, filters, output_shape, strides, padding="SAME", data_format=None, dilations=None, name=None)',
  atrous_conv2d_transpose: '(value, filters, output_shape, rate, padding, name=None)',
};

/** The order of arguments differs from version 2's. */
const COMPAT = {
  ...NN,
  conv1d:
    '(value=None, filters=None, stride=None, padding=None, use_cudnn_on_gpu=None, data_format=None, name=None, input=None, dilations=None)',
  conv2d:
    '(input, filter=None, strides=None, padding=None, use_cudnn_on_gpu=True, data_format="NHWC", dilations=[1, 1, 1, 1], name=None, filters=None)',
  conv3d:
    '(input, filter=None, strides=None, padding=None, data_format="NDHWC", dilations=[1, 1, 1, 1, 1], name=None, filters=None)',
  convolution:
    '(input, filter, padding, strides=None, dilation_rate=None, name=None, data_format=None, filters=None, dilations=None)',
  depthwise_conv2d:
    '(input, filter, strides, padding, rate=None, name=None, data_format=None, dilations=None)',
  depthwise_conv2d_native:
    '(input, filter, strides, padding, data_format="NHWC", dilations=[1, 1, 1, 1], name=None)',
  separable_conv2d:
    '(input, depthwise_filter, pointwise_filter, strides, padding, rate=None, name=None, data_format=None, dilations=None)',
  conv2d_transpose:
    '(value=None, filter=None, output_shape=None, strides=None, padding="SAME", data_format="NHWC", name=None, input=None, filters=None, dilations=None)',
  conv3d_transpose:
    '(value, filter=None, output_shape=None, strides=None, padding="SAME", data_format="NDHWC", name=None, input=None, filters=None, dilations=None)',
};

/** Full name → signature. */
export const SIGNATURES: ReadonlyMap<string, string> = new Map([
  ...prefixed('tensorflow.nn', NN),
  ...prefixed('tensorflow.compat.v1.nn', COMPAT),
]);

function prefixed(module: string, signatures: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(signatures).map(([name, signature]) => [`${module}.${name}`, signature]);
}
