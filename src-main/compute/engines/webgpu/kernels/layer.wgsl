// A layer forward and back. phi is computed where it is used, and again on the way back: nothing has rows x nodes x inputs numbers.

const CURVE = 0u;
const PRUNED = 1u;

// Brings rows of the table to where the first layer reads them; the targets stand behind the inputs.
@compute @workgroup_size(64)
fn gather(@builtin(global_invocation_id) id: vec3u) {
  let step = steps[u32(control[STEP])];
  if (id.x >= step.y) { return; }
  var row = step.x + id.x;
  if (run.listed == 1u) { row = order[row]; }
  let column = id.y;
  let place = select(layer.targets + column - run.inputs, layer.x + column, column < run.inputs);
  activations[at(place, id.x)] = table[column * run.rowsOfTable + row];
}

// Sum of weights and basis values.
fn curveSum(i: u32, b: u32, edge: u32) -> f32 {
  let start = i32(activations[at(layer.spans + i, b)]);
  let first = layer.values + i * layer.support;
  let weights = layer.weights + edge * layer.size;
  var sum = 0.0;
  for (var r = 0u; r < layer.support; r++) {
    let m = clamp(start + i32(r), 0, i32(layer.size) - 1);
    sum += parameters[weights + u32(m)] * activations[at(first + r, b)];
  }
  return sum;
}

fn phi(i: u32, b: u32, edge: u32, kind: u32) -> f32 {
  if (kind == PRUNED) { return 0.0; }
  if (kind == CURVE || !hasFormulas) {
    let fixed = activations[at(layer.baseValues + i, b)];
    return parameters[layer.baseScaler + edge] * fixed + parameters[layer.basisScaler + edge] * curveSum(i, b, edge);
  }
  let k = layer.affine + 4u * edge;
  let u = parameters[k] * activations[at(layer.x + i, b)] + parameters[k + 1u];
  return parameters[k + 2u] * formulaValue(kind, u) + parameters[k + 3u];
}

@compute @workgroup_size(64)
fn forward(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  let j = id.y;
  if (b >= rows()) { return; }
  var sum = 0.0;
  if (layer.biased == 1u) { sum = parameters[layer.bias + j]; }
  for (var i = 0u; i < layer.inputs; i++) {
    let edge = j * layer.inputs + i;
    let kind = masks[layer.kinds + edge];
    if (kind != PRUNED) { sum += phi(i, b, edge, kind); }
  }
  activations[at(layer.y + j, b)] = sum;
}

// Derivative of the loss by phi of an edge at a row.
fn edgeFlow(i: u32, b: u32, j: u32, edge: u32, kind: u32) -> f32 {
  var flow = activations[at(layer.flowY + j, b)];
  if (run.byScores + run.byDeviations > 0u) {
    let own = phi(i, b, edge, kind);
    if (run.byScores == 1u) { flow += statistics[layer.scoreSlopes + edge] * sign(own); }
    if (run.byDeviations == 1u) {
      flow += statistics[layer.deviationSlopes + edge] * (own - statistics[layer.means + edge]);
    }
  }
  return flow;
}

// Derivative by what reaches the layer.
@compute @workgroup_size(64)
fn flows(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  let i = id.y;
  if (b >= rows()) { return; }
  let start = i32(activations[at(layer.spans + i, b)]);
  let first = layer.slopes + i * layer.support;
  let fixedSlope = activations[at(layer.baseSlopes + i, b)];
  let x = activations[at(layer.x + i, b)];
  var flow = 0.0;
  for (var j = 0u; j < layer.nodes; j++) {
    let edge = j * layer.inputs + i;
    let kind = masks[layer.kinds + edge];
    if (kind == PRUNED) { continue; }
    let by = edgeFlow(i, b, j, edge, kind);
    if (kind == CURVE || !hasFormulas) {
      let weights = layer.weights + edge * layer.size;
      var slope = 0.0;
      for (var r = 0u; r < layer.support; r++) {
        let m = clamp(start + i32(r), 0, i32(layer.size) - 1);
        slope += parameters[weights + u32(m)] * activations[at(first + r, b)];
      }
      flow += by * (parameters[layer.baseScaler + edge] * fixedSlope + parameters[layer.basisScaler + edge] * slope);
    } else {
      let k = layer.affine + 4u * edge;
      let a = parameters[k];
      flow += by * parameters[k + 2u] * formulaSlope(kind, a * x + parameters[k + 1u]) * a;
    }
  }
  activations[at(layer.flowX + i, b)] = flow;
}

// Gradient by the numbers of an edge, a thread each, some of its numbers at a time. Neighbours are edges of one input, which
// read the same basis values. Nobody waits for anybody, and every sum has one order.
const NUMBERS = 16u;
@compute @workgroup_size(64)
fn edges(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = id.y * groups.x * 64u + id.x;
  if (n >= layer.inputs * layer.nodes) { return; }
  let i = n / layer.nodes;
  let j = n % layer.nodes;
  let edge = j * layer.inputs + i;
  let kind = masks[layer.kinds + edge];
  let weights = layer.weights + edge * layer.size;
  if (kind != CURVE) {
    for (var m = 0u; m < layer.size; m++) { gradients[weights + m] = 0.0; }
    gradients[layer.baseScaler + edge] = 0.0;
    gradients[layer.basisScaler + edge] = 0.0;
    if (hasFormulas) { formulaEdge(i, j, edge, kind); }
    return;
  }
  if (hasFormulas) { for (var k = 0u; k < 4u; k++) { gradients[layer.affine + 4u * edge + k] = 0.0; } }
  let count = rows();
  let inner = parameters[layer.basisScaler + edge];
  let first = layer.values + i * layer.support;
  var byBase = 0.0;
  var byInner = 0.0;
  for (var block = 0u; block < layer.size; block += NUMBERS) {
    var sums: array<f32, 16>;
    for (var m = 0u; m < NUMBERS; m++) { sums[m] = 0.0; }
    for (var b = 0u; b < count; b++) {
      let flow = edgeFlow(i, b, j, edge, kind);
      let start = i32(activations[at(layer.spans + i, b)]);
      let begin = max(0, i32(block) - start);
      let end = min(i32(layer.support), i32(min(block + NUMBERS, layer.size)) - start);
      for (var r = begin; r < end; r++) {
        let m = u32(start + r) - block;
        if (start + r >= 0) { sums[m] += flow * activations[at(first + u32(r), b)]; }
      }
      if (block == 0u) { byBase += flow * activations[at(layer.baseValues + i, b)]; }
    }
    for (var m = block; m < min(block + NUMBERS, layer.size); m++) {
      byInner += parameters[weights + m] * sums[m - block];
      gradients[weights + m] = inner * sums[m - block];
    }
  }
  gradients[layer.baseScaler + edge] = byBase;
  gradients[layer.basisScaler + edge] = byInner;
}

fn formulaEdge(i: u32, j: u32, edge: u32, kind: u32) {
  let k = layer.affine + 4u * edge;
  var sums = vec4f();
  if (kind != PRUNED) {
    let count = rows();
    for (var b = 0u; b < count; b++) {
      let x = activations[at(layer.x + i, b)];
      let u = parameters[k] * x + parameters[k + 1u];
      let flow = edgeFlow(i, b, j, edge, kind);
      let inside = flow * parameters[k + 2u] * formulaSlope(kind, u);
      sums += vec4f(inside * x, inside, flow * formulaValue(kind, u), flow);
    }
  }
  for (var n = 0u; n < 4u; n++) { gradients[k + n] = sums[n]; }
}

@compute @workgroup_size(64)
fn biases(@builtin(global_invocation_id) id: vec3u) {
  let count = rows();
  if (id.x >= layer.nodes) { return; }
  var sum = 0.0;
  for (var b = 0u; b < count; b++) { sum += activations[at(layer.flowY + id.x, b)]; }
  gradients[layer.bias + id.x] = sum;
}

// Every slot of a tie takes the tie's sum; the pruned ones have 0 and keep it. Ties: [begin, end] each, then their edges.
@compute @workgroup_size(64)
fn ties(@builtin(global_invocation_id) id: vec3u) {
  let numbers = layer.size + 2u + 4u * layer.formulas;
  if (id.x >= numbers) { return; }
  let tie = layer.ties + 2u * id.y;
  var first = layer.weights + id.x;
  var step = layer.size;
  if (id.x == layer.size) { first = layer.baseScaler; step = 1u; }
  else if (id.x == layer.size + 1u) { first = layer.basisScaler; step = 1u; }
  else if (id.x > layer.size) { first = layer.affine + id.x - layer.size - 2u; step = 4u; }
  var sum = 0.0;
  for (var k = masks[tie]; k < masks[tie + 1u]; k++) { sum += gradients[first + step * masks[k]]; }
  for (var k = masks[tie]; k < masks[tie + 1u]; k++) {
    if (masks[layer.kinds + masks[k]] != PRUNED) { gradients[first + step * masks[k]] = sum; }
  }
}
