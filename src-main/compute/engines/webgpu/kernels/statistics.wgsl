// How large phi is over the rows, how far what reaches a layer spreads, and better_kan's penalty of both.

const SMALLEST = 0u;
const LARGEST = 1u;
const SMALLEST_ROW = 2u;
const LARGEST_ROW = 3u;
const MEAN = 4u;
const DEVIATION = 5u;
const SLOPE = 6u;     // of the loss by the column's values, times their distance from the mean
const DIVISOR = 7u;   // rows * range
fn ofColumn(kind: u32, i: u32) -> u32 { return layer.columns + kind * layer.inputs + i; }

fn hasRange(i: u32) -> bool { return statistics[ofColumn(LARGEST, i)] - statistics[ofColumn(SMALLEST, i)] >= 1e-12; }

@compute @workgroup_size(64)
fn columns(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= layer.inputs) { return; }
  let count = rows();
  let origin = activations[at(layer.x + i, 0u)];
  var low = origin;
  var high = origin;
  var lowRow = 0u;
  var highRow = 0u;
  var sum = 0.0;
  for (var b = 0u; b < count; b++) {
    let x = activations[at(layer.x + i, b)];
    if (x < low) { low = x; lowRow = b; }
    if (x > high) { high = x; highRow = b; }
    sum += x - origin;
  }
  let mean = origin + sum / f32(count);
  let reach = max(high - mean, mean - low);
  var squares = 0.0;
  if (high > low) {
    for (var b = 0u; b < count; b++) {
      let part = (activations[at(layer.x + i, b)] - mean) / reach;
      squares += part * part;
    }
  }
  let range = high - low;
  statistics[ofColumn(SMALLEST, i)] = low;
  statistics[ofColumn(LARGEST, i)] = high;
  statistics[ofColumn(SMALLEST_ROW, i)] = f32(lowRow);
  statistics[ofColumn(LARGEST_ROW, i)] = f32(highRow);
  statistics[ofColumn(MEAN, i)] = mean;
  statistics[ofColumn(DEVIATION, i)] = deviationOf(squares, reach, count);
  statistics[ofColumn(DIVISOR, i)] = f32(count) * select(1.0, range, range >= 1e-12);
}

fn deviationOf(squares: f32, reach: f32, count: u32) -> f32 {
  if (count < 2u) { return 0.0; }
  return reach * sqrt(squares / f32(count - 1u));
}

// Score, mean and deviation of an edge's phi, a thread each. Distances from the first value, so that equal ones have no
// deviation, as parts of the largest, so that no square is too small or too large.
@compute @workgroup_size(64)
fn spreads(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = id.y * groups.x * 64u + id.x;
  if (n >= layer.inputs * layer.nodes) { return; }
  let i = n / layer.nodes;
  let edge = (n % layer.nodes) * layer.inputs + i;
  let kind = masks[layer.kinds + edge];
  var size = 0.0;
  var mean = 0.0;
  var deviation = 0.0;
  if (kind != PRUNED) {
    let count = rows();
    let origin = phi(i, 0u, edge, kind);
    var sum = 0.0;
    var reach = 0.0;
    for (var b = 0u; b < count; b++) {
      let own = phi(i, b, edge, kind);
      size += abs(own);
      sum += own - origin;
      reach = max(reach, abs(own - origin));
    }
    mean = origin + sum / f32(count);
    if (reach > 0.0) {
      var squares = 0.0;
      for (var b = 0u; b < count; b++) {
        let part = (phi(i, b, edge, kind) - mean) / reach;
        squares += part * part;
      }
      deviation = deviationOf(squares, reach, count);
    }
  }
  statistics[layer.scores + edge] = size / statistics[ofColumn(DIVISOR, i)];
  statistics[layer.means + edge] = mean;
  statistics[layer.deviations + edge] = deviation;
}

// The largest value and the first place that has it, of a workgroup.
var<workgroup> otherLanes: array<u32, 64>;
struct Found { value: f32, place: u32 }
fn firstLargest(value: f32, place: u32, lane: u32) -> Found {
  lanes[lane] = value;
  otherLanes[lane] = place;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) {
      let v = lanes[lane + half];
      let p = otherLanes[lane + half];
      if (v > lanes[lane] || (v == lanes[lane] && p < otherLanes[lane])) { lanes[lane] = v; otherLanes[lane] = p; }
    }
    workgroupBarrier();
  }
  let found = Found(lanes[0], otherLanes[0]);
  workgroupBarrier();
  return found;
}

// l1 * L + entropy * S of a layer's scores, and its derivative by |phi| of each edge. At most one edge is more than half of
// L: its logarithm is computed from what the others are, so that nothing cancels where they are next to nothing.
@compute @workgroup_size(64)
fn penalty(@builtin(local_invocation_id) local: vec3u) {
  let lane = local.x;
  let count = layer.inputs * layer.nodes;
  var most = 0.0;
  var mostAt = 0u;
  for (var e = lane; e < count; e += 64u) {
    let score = statistics[layer.scores + e];
    if (score > most) { most = score; mostAt = e; }
  }
  let found = firstLargest(most, mostAt, lane);
  let largest = found.place;
  var sum = 0.0;
  for (var e = lane; e < count; e += 64u) { if (e != largest) { sum += statistics[layer.scores + e]; } }
  let others = sumOf(sum, lane);
  let total = others + found.value;
  let ofLargest = select(-ln1p(others / found.value), 0.0, total == 0.0);
  var disorders = 0.0;
  for (var e = lane; e < count; e += 64u) {
    let p = statistics[layer.scores + e] / total;
    if (e != largest && p > 0.0) { disorders -= p * ln(p); }
  }
  let rest = sumOf(disorders, lane);
  let disorder = select(rest - found.value / total * ofLargest, 0.0, total == 0.0);
  for (var e = lane; e < count; e += 64u) {
    let p = statistics[layer.scores + e] / total;
    var slope = run.l1;
    if (p > 0.0) { slope -= run.entropy * (select(ln(p), ofLargest, e == largest) + disorder) / total; }
    statistics[layer.scoreSlopes + e] = run.lambda * slope / statistics[ofColumn(DIVISOR, e % layer.inputs)];
  }
  if (lane == 0u) { control[PENALTY] += run.lambda * (run.l1 * total + run.entropy * disorder); }
}

// The range in the scores' denominator is not detached: its derivative goes to the samples that make it.
@compute @workgroup_size(64)
fn ranges(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= layer.inputs || !hasRange(i)) { return; }
  var slope = 0.0;
  for (var j = 0u; j < layer.nodes; j++) {
    let edge = j * layer.inputs + i;
    slope -= statistics[layer.scoreSlopes + edge] * statistics[layer.scores + edge];
  }
  let range = statistics[ofColumn(LARGEST, i)] - statistics[ofColumn(SMALLEST, i)];
  slope *= statistics[ofColumn(DIVISOR, i)] / range;
  activations[at(layer.flowX + i, u32(statistics[ofColumn(LARGEST_ROW, i)]))] += slope;
  activations[at(layer.flowX + i, u32(statistics[ofColumn(SMALLEST_ROW, i)]))] -= slope;
}

// What a loss feels of the spread of what reaches a layer.
@compute @workgroup_size(64)
fn columnFlows(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= rows()) { return; }
  let place = at(layer.flowX + id.y, id.x);
  let distance = activations[at(layer.x + id.y, id.x)] - statistics[ofColumn(MEAN, id.y)];
  activations[place] += statistics[ofColumn(SLOPE, id.y)] * distance;
}

// pykan's penalty of the weights and of their differences; the slopes are added to the gradient.
@compute @workgroup_size(64)
fn coefficients(@builtin(local_invocation_id) local: vec3u) {
  var sum = 0.0;
  for (var e = local.x; e < layer.inputs * layer.nodes; e += 64u) {
    if (masks[layer.kinds + e] != CURVE) { continue; }
    for (var m = 0u; m < layer.size; m++) {
      let k = layer.weights + e * layer.size + m;
      sum += run.coefficient * abs(parameters[k]);
      if (m + 1u < layer.size) { sum += run.difference * abs(parameters[k + 1u] - parameters[k]); }
    }
  }
  let total = sumOf(sum, local.x);
  if (local.x == 0u) { control[PENALTY] += run.lambda * total / f32(layer.nodes); }
}

// A workgroup an edge.
@compute @workgroup_size(64)
fn coefficientSlopes(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let edge = group.y * layer.inputs + group.x;
  if (masks[layer.kinds + edge] != CURVE) { return; }
  for (var m = local.x; m < layer.size; m += 64u) {
    let k = layer.weights + edge * layer.size + m;
    var slope = run.coefficient * sign(parameters[k]);
    if (m + 1u < layer.size) { slope -= run.difference * sign(parameters[k + 1u] - parameters[k]); }
    if (m > 0u) { slope += run.difference * sign(parameters[k] - parameters[k - 1u]); }
    gradients[k] += run.lambda * slope / f32(layer.nodes);
  }
}
