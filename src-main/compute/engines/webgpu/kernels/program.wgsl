// What all kernels see: one network's numbers on the card, one layer, one run.
//
// Numbers of rows lie column by column: column c of row b is activations[c * run.stride + b]. An edge is node * inputs + input.

struct Layer {
  inputs: u32, nodes: u32,
  // Basis functions of an edge, and those that are not 0 at a point: of splines, those from `spans` on.
  size: u32, support: u32,
  order: u32, kernel: u32, base: u32,
  biased: u32, formulas: u32,
  // Where its numbers begin in parameters, gradients and moments, and how many they are.
  weights: u32, baseScaler: u32, basisScaler: u32, bias: u32, affine: u32, count: u32,
  // In `grids`.
  gridSize: u32, grid: u32, scale: u32,
  // In `masks`: what each edge is, how it trains, and the ties.
  kinds: u32, trains: u32, ties: u32, tieCount: u32,
  // Columns of the activations.
  x: u32, y: u32, flowX: u32, flowY: u32, targets: u32,
  values: u32, slopes: u32, baseValues: u32, baseSlopes: u32, spans: u32,
  // In `statistics`: of edges, and of the columns that reach the layer.
  scores: u32, means: u32, deviations: u32, scoreSlopes: u32, deviationSlopes: u32, columns: u32,
  // In `control`.
  norms: u32,
}

struct Run {
  stride: u32, loss: u32, listed: u32, rowsOfTable: u32,
  inputs: u32, outputs: u32, byScores: u32, byDeviations: u32,
  lambda: f32, l1: f32, entropy: f32, clipNorm: f32,
  coefficient: f32, difference: f32, unused0: f32, unused1: f32,
}

// What a kernel is made for: without formulas, a layer spares the code of all functions.
override basisType: u32 = 0u;
override hasFormulas: bool = true;

// rows are steps[...].x (where they begin in the list), .y (how many); .z and .w are Adam's rate and correction.
@group(0) @binding(0) var<uniform> layer: Layer;
@group(0) @binding(1) var<uniform> run: Run;
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(4) var<storage, read_write> moments: array<f32>;
@group(0) @binding(5) var<storage, read> grids: array<f32>;
@group(0) @binding(6) var<storage, read> masks: array<u32>;
@group(0) @binding(7) var<storage, read_write> activations: array<f32>;
@group(0) @binding(8) var<storage, read_write> statistics: array<f32>;
@group(0) @binding(9) var<storage, read_write> control: array<f32>;
@group(0) @binding(10) var<storage, read> steps: array<vec4u>;
@group(0) @binding(11) var<storage, read> table: array<f32>;
@group(0) @binding(12) var<storage, read> order: array<u32>;

// Places in `control`.
const STEP = 0u;      // of the run
const STOPPED = 1u;   // 1 once a loss was not finite
const LOSS = 2u;
const PENALTY = 3u;
const CLIP = 4u;
const NORMS = 8u;     // parts of the gradient's square
const PARTS = 64u;

fn rows() -> u32 { return steps[u32(control[STEP])].y; }
fn at(column: u32, row: u32) -> u32 { return column * run.stride + row; }

fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }
fn isNumber(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) <= 0x7f800000u; }

// Sums over a workgroup of 64, in one order.
var<workgroup> lanes: array<f32, 64>;
fn sumOf(value: f32, lane: u32) -> f32 {
  lanes[lane] = value;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) { lanes[lane] += lanes[lane + half]; }
    workgroupBarrier();
  }
  let sum = lanes[0];
  workgroupBarrier();
  return sum;
}

var<workgroup> shared_: u32;
fn uniformRows() -> u32 {
  shared_ = rows();
  return workgroupUniformLoad(&shared_);
}
