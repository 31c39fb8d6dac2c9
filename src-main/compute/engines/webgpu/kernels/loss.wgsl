// The data loss and its derivative by the outputs. `layer` is the last one.

@compute @workgroup_size(64)
fn loss(@builtin(local_invocation_id) local: vec3u) {
  let count = uniformRows();
  let width = layer.nodes;
  var sum = 0.0;
  for (var b = local.x; b < count; b += 64u) {
    if (run.loss == 3u) { sum += crossEntropy(b, count); }
    else { for (var j = 0u; j < width; j++) { sum += lossOf(b, j, 1.0 / f32(count * width)); } }
  }
  let total = sumOf(sum, local.x);
  if (local.x == 0u) {
    control[LOSS] = total / f32(select(count * width, count, run.loss == 3u));
    control[PENALTY] = 0.0;
  }
}

fn lossOf(b: u32, j: u32, part: f32) -> f32 {
  let error = activations[at(layer.y + j, b)] - activations[at(layer.targets + j, b)];
  var value = error * error;
  var slope = 2.0 * error;
  if (run.loss == 1u) { value = abs(error); slope = sign(error); }
  if (run.loss == 2u) {
    slope = clamp(error, -1.0, 1.0);
    value = slope * (error - 0.5 * slope);
  }
  activations[at(layer.flowY + j, b)] = slope * part;
  return select(error, value, isNumber(error));
}

fn crossEntropy(b: u32, count: u32) -> f32 {
  var largest = activations[at(layer.y, b)];
  for (var j = 1u; j < layer.nodes; j++) { largest = max(largest, activations[at(layer.y + j, b)]); }
  var total = 0.0;
  var mass = 0.0;
  var value = 0.0;
  for (var j = 0u; j < layer.nodes; j++) {
    let logit = activations[at(layer.y + j, b)] - largest;
    let share = activations[at(layer.targets + j, b)];
    total += expOf(logit);
    mass += share;
    if (share != 0.0) { value -= share * logit; }
  }
  for (var j = 0u; j < layer.nodes; j++) {
    let share = activations[at(layer.targets + j, b)];
    let probability = expOf(activations[at(layer.y + j, b)] - largest) / total;
    activations[at(layer.flowY + j, b)] = (mass * probability - share) / f32(count);
  }
  return value + mass * ln(total);
}
