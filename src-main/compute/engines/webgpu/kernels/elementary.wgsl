// Elementary functions with small relative errors, whatever the card's own are (WGSL asks little of them).

fn expOf(x: f32) -> f32 { return select(exp(x), 0.0, x < -87.0); }

// Source: Cephes, tanhf.
fn tanhOf(x: f32) -> f32 {
  let a = abs(x);
  if (a < 0.625) {
    let z = x * x;
    var p = -5.70498872745e-3 * z + 2.06390887954e-2;
    p = p * z - 5.37397155531e-2;
    p = p * z + 1.33314422036e-1;
    p = p * z - 3.33332819422e-1;
    return p * z * x + x;
  }
  let e = expOf(-2.0 * a);
  let far = (1.0 - e) / (1.0 + e);
  return select(far, -far, x < 0.0);
}

// 1 - tanh^2 x, which keeps its digits far from 0.
fn tanhSlope(x: f32) -> f32 {
  let e = expOf(-2.0 * abs(x));
  return 4.0 * e / ((1.0 + e) * (1.0 + e));
}

// ln x of positive x. Source: Cephes, logf.
fn ln(x: f32) -> f32 {
  if (!(x > 0.0) || !isFinite(x)) { return log(x); }
  let parts = frexp(x);
  var m = parts.fract;
  var e = f32(parts.exp);
  if (m < 0.70710678) { m = 2.0 * m; e -= 1.0; }
  m -= 1.0;
  let z = m * m;
  var p = 7.0376836292e-2 * m - 1.1514610310e-1;
  p = p * m + 1.1676998740e-1;
  p = p * m - 1.2420140846e-1;
  p = p * m + 1.4249322787e-1;
  p = p * m - 1.6668057665e-1;
  p = p * m + 2.0000714765e-1;
  p = p * m - 2.4999993993e-1;
  p = p * m + 3.3333331174e-1;
  return m + (e * 0.693147181 + (m * z * p - 0.5 * z));
}

// ln (1 + x) of x >= 0: small x keep their digits.
fn ln1p(x: f32) -> f32 {
  if (x < 1e-4) { return x - 0.5 * x * x; }
  if (x < 0.4) {
    // 2 artanh (x / (2 + x))
    let s = x / (2.0 + x);
    let z = s * s;
    return 2.0 * s * (1.0 + z * (0.333333333 + z * (0.2 + z * (0.142857143 + z * (0.111111111 + z * 0.0909090909)))));
  }
  return ln(1.0 + x);
}

// Sine and cosine. Source: Cephes, sinf.
fn sinOfParts(x: f32) -> f32 {
  let z = x * x;
  return ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * x + x;
}
fn cosOfParts(x: f32) -> f32 {
  let z = x * x;
  return ((2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2) * z * z - 0.5 * z + 1.0;
}
fn turned(x: f32, quarter: u32) -> f32 {
  let turns = floor(x * 0.636619772 + 0.5);
  let near = ((x - turns * 1.5703125) - turns * 4.83751296997e-4) - turns * 7.54978995489e-8;
  switch ((u32(i32(turns)) + quarter) & 3u) {
    case 0u: { return sinOfParts(near); }
    case 1u: { return cosOfParts(near); }
    case 2u: { return -sinOfParts(near); }
    default: { return -cosOfParts(near); }
  }
}
fn sinOf(x: f32) -> f32 { if (!(abs(x) < 1e5)) { return sin(x); } return turned(x, 0u); }
fn cosOf(x: f32) -> f32 { if (!(abs(x) < 1e5)) { return cos(x); } return turned(x, 1u); }
fn tanOf(x: f32) -> f32 { return sinOf(x) / cosOf(x); }

// Source: Cephes, asinf and atanf.
fn asinOf(x: f32) -> f32 {
  let a = abs(x);
  if (!(a <= 1.0)) { return bitcast<f32>(0x7fc00000u | (bitcast<u32>(x) & 0u)); }
  let far = a > 0.5;
  let z = select(a * a, 0.5 * (1.0 - a), far);
  let s = select(a, sqrt(z), far);
  var p = 4.2163199048e-2 * z + 2.4181311049e-2;
  p = p * z + 4.5470025998e-2;
  p = p * z + 7.4953002686e-2;
  p = p * z + 1.6666752422e-1;
  p = p * z * s + s;
  p = select(p, 1.57079633 - 2.0 * p, far);
  return select(p, -p, x < 0.0);
}
fn acosOf(x: f32) -> f32 {
  if (x > 0.5) { return 2.0 * asinOf(sqrt(0.5 * (1.0 - x))); }
  return 1.57079633 - asinOf(x);
}
fn atanOf(x: f32) -> f32 {
  var a = abs(x);
  var y = 0.0;
  if (a > 2.414213562) { y = 1.57079633; a = -1.0 / a; }
  else if (a > 0.4142135624) { y = 0.785398163; a = (a - 1.0) / (a + 1.0); }
  let z = a * a;
  y += (((8.05374449538e-2 * z - 1.38776856032e-1) * z + 1.99777106478e-1) * z - 3.33329491539e-1) * z * a + a;
  return select(y, -y, x < 0.0);
}
fn atanhOf(x: f32) -> f32 {
  let a = abs(x);
  if (!(a <= 1.0)) { return asinOf(x); }
  let half = 0.5 * ln1p(2.0 * a / (1.0 - a));
  return select(half, -half, x < 0.0);
}

fn siluValue(x: f32) -> f32 {
  if (x > 0.0) { return x / (1.0 + expOf(-x)); }
  let e = expOf(x);
  return select(x * e / (1.0 + e), 0.0, e == 0.0);
}
fn siluSlope(x: f32) -> f32 {
  let e = expOf(-abs(x));
  if (e == 0.0) { return select(0.0, 1.0, x > 0.0); }
  let near = 1.0 / (1.0 + e);
  let far = e / (1.0 + e);
  return select(far * (1.0 + x * near), near * (1.0 + x * far), x > 0.0);
}

// factor * e^-exponent, 0 where the exponential is: infinity * 0 would be no number.
fn fading(factor: f32, exponent: f32) -> f32 {
  let e = expOf(-exponent);
  return select(factor * e, 0.0, e == 0.0);
}
const FAR = 1e9;
fn hypotenuse(a: f32) -> f32 { return select(sqrt(1.0 + a * a), a, a > FAR); }
