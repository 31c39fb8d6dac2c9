// Values and slopes of the basis functions at every row of every input, and of what is fixed on every edge.

@compute @workgroup_size(64)
fn basis(@builtin(global_invocation_id) id: vec3u) {
  let b = id.x;
  let i = id.y;
  if (b >= rows()) { return; }
  let x = activations[at(layer.x + i, b)];
  var value = 0.0;
  var slope = 0.0;
  switch (layer.base) {
    case 0u: { value = siluValue(x); slope = siluSlope(x); }
    case 1u: { value = x; slope = 1.0; }
    case 2u: { value = tanhOf(x); slope = tanhSlope(x); }
    default: {}
  }
  activations[at(layer.baseValues + i, b)] = value;
  activations[at(layer.baseSlopes + i, b)] = slope;
  let first = layer.values + i * layer.support;
  let firstSlope = layer.slopes + i * layer.support;
  switch (basisType) {
    case 0u: { splines(i, b, x, first, firstSlope); }
    case 1u: { radials(i, b, x, first, firstSlope); }
    default: { polynomials(b, x, first, firstSlope); }
  }
}

// Source: de Boor, "A Practical Guide to Splines", ch. IX-X; src-shared/numerics/spline.ts.
fn splines(i: u32, b: u32, x: f32, first: u32, firstSlope: u32) {
  let knots = layer.grid + i * layer.gridSize;
  let last = i32(layer.gridSize) - 1;
  let order = i32(layer.order);
  let background = select(x, 0.0, isNumber(x));
  for (var r = 0u; r <= layer.order; r++) {
    activations[at(first + r, b)] = background;
    activations[at(firstSlope + r, b)] = background;
  }
  activations[at(layer.spans + i, b)] = 0.0;
  if (!(x >= grids[knots] && x < grids[knots + u32(last)])) { return; }
  var span = 0;
  var high = last;
  while (high - span > 1) {
    let middle = (span + high) / 2;
    if (x < grids[knots + u32(middle)]) { high = middle; } else { span = middle; }
  }
  let start = span - order;
  activations[at(layer.spans + i, b)] = f32(start);
  // values[m - start] is B_m of the degree reached so far.
  activations[at(first + layer.order, b)] = 1.0;
  for (var degree = 1; degree <= order; degree++) {
    let lowest = max(0, span - degree);
    let highest = min(span, last - degree - 1);
    for (var m = lowest; m <= highest; m++) {
      let k = knots + u32(m);
      let place = first + u32(m - start);
      let knot = grids[k];
      let right = grids[k + u32(degree) + 1u];
      var above = 0.0;
      if (m < span) { above = activations[at(place + 1u, b)]; }
      let left = share(activations[at(place, b)], grids[k + u32(degree)] - knot);
      let next = share(above, right - grids[k + 1u]);
      activations[at(place, b)] = (x - knot) * left + (right - x) * next;
      if (degree == order) { activations[at(firstSlope + u32(m - start), b)] = f32(degree) * (left - next); }
    }
  }
  // Those that are none of the input's.
  for (var r = 0; r <= order; r++) {
    if (start + r < 0 || start + r >= i32(layer.size)) { activations[at(first + u32(r), b)] = 0.0; }
  }
}

fn share(value: f32, width: f32) -> f32 {
  if (width > 0.0) { return value / width; }
  return 0.0;
}

fn radials(i: u32, b: u32, x: f32, first: u32, firstSlope: u32) {
  activations[at(layer.spans + i, b)] = 0.0;
  for (var m = 0u; m < layer.size; m++) {
    let width = grids[layer.scale + i * layer.gridSize + m];
    let distance = (x - grids[layer.grid + i * layer.gridSize + m]) * width;
    let a = abs(distance);
    activations[at(first + m, b)] = radialValue(layer.kernel, a);
    activations[at(firstSlope + m, b)] = sign(distance) * width * radialSlope(layer.kernel, a);
  }
}

// T_m (tanh x) by the recurrences of T_m and U_m, T_m' = m U_m-1.
fn polynomials(b: u32, x: f32, first: u32, firstSlope: u32) {
  let u = tanhOf(x);
  let inner = tanhSlope(x);
  var value = 1.0;
  var next = u;
  var second = 0.0;
  var nextSecond = 1.0;
  for (var m = 0u; m < layer.size; m++) {
    activations[at(first + m, b)] = value;
    activations[at(firstSlope + m, b)] = f32(m) * second * inner;
    let after = 2.0 * u * next - value;
    value = next;
    next = after;
    let afterSecond = 2.0 * u * nextSecond - second;
    second = nextSecond;
    nextSecond = afterSecond;
  }
}
