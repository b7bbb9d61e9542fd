/** A copy of `column` with room for at least `length` values, at least doubled; new places hold `fill`. */
export function grownFloats(column: Float64Array, length: number, fill = 0): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.max(length, column.length * 2, 8));
  grown.set(column);
  if (fill !== 0) grown.fill(fill, column.length);
  return grown;
}

/** As `grownFloats`, for 32-bit integers. */
export function grownInts(column: Int32Array, length: number, fill = 0): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(length, column.length * 2, 8));
  grown.set(column);
  if (fill !== 0) grown.fill(fill, column.length);
  return grown;
}
