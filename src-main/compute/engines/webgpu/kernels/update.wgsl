// Adam's step, unless a loss was not finite: then nothing moves any more until the run ends.

const RESULTS = 0u;

// Notes what was minimised, or that it is not finite.
@compute @workgroup_size(1)
fn settle() {
  let sum = control[LOSS] + control[PENALTY];
  if (!isFinite(sum)) { control[STOPPED] = 1.0; }
  control[CLIP] = 1.0;
  if (control[STOPPED] != 0.0) { return; }
  let place = layer.norms + 2u * u32(control[STEP]);
  control[place] = control[LOSS];
  control[place + 1u] = control[PENALTY];
}

@compute @workgroup_size(1)
fn advance() {
  if (control[STOPPED] == 0.0) { control[STEP] += 1.0; }
}

// What number k of a layer belongs to: whether it trains, and whether it counts in the norm (a tie counts once).
const TRAINS = 1u;
const COUNTS = 2u;
fn roleOf(k: u32) -> u32 {
  var edge = 0u;
  var isFormula = false;
  if (k < layer.baseScaler) { edge = (k - layer.weights) / layer.size; }
  else if (k < layer.basisScaler) { edge = k - layer.baseScaler; }
  else if (k < layer.bias) { edge = k - layer.basisScaler; }
  else if (k < layer.affine) { return TRAINS | COUNTS; }
  else { edge = (k - layer.affine) / 4u; isFormula = true; }
  // Pruned edges do not train: what is left is a formula or a curve.
  if ((masks[layer.kinds + edge] > PRUNED) != isFormula) { return 0u; }
  return masks[layer.trains + edge];
}

@compute @workgroup_size(64)
fn norms(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  var sum = 0.0;
  for (var n = group.x * 64u + local.x; n < layer.count; n += 64u * PARTS) {
    let k = layer.weights + n;
    if ((roleOf(k) & COUNTS) != 0u) { sum += gradients[k] * gradients[k]; }
  }
  let total = sumOf(sum, local.x);
  if (local.x == 0u) { control[layer.norms + group.x] = total; }
}

// `layer.norms` is where the parts of all layers begin, `layer.count` how many they are.
@compute @workgroup_size(64)
fn clip(@builtin(local_invocation_id) local: vec3u) {
  var sum = 0.0;
  for (var n = local.x; n < layer.count; n += 64u) { sum += control[layer.norms + n]; }
  let total = sumOf(sum, local.x);
  if (local.x == 0u) { control[CLIP] = min(1.0, run.clipNorm / (sqrt(total) + 1e-6)); }
}

@compute @workgroup_size(64)
fn adam(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let n = id.y * groups.x * 64u + id.x;
  if (n >= layer.count || control[STOPPED] != 0.0) { return; }
  let k = layer.weights + n;
  if ((roleOf(k) & TRAINS) == 0u) { return; }
  let step = steps[u32(control[STEP])];
  let g = control[CLIP] * gradients[k];
  let mean = 0.9 * moments[2u * k] + 0.1 * g;
  let square = 0.999 * moments[2u * k + 1u] + 0.001 * g * g;
  moments[2u * k] = mean;
  moments[2u * k + 1u] = square;
  parameters[k] -= bitcast<f32>(step.z) * mean / (sqrt(square) / bitcast<f32>(step.w) + 1e-8);
}
