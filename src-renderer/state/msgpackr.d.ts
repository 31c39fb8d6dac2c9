// The build without code generation has the same interface, but no declaration of its own.
declare module 'msgpackr/index-no-eval' {
  export * from 'msgpackr'
}
