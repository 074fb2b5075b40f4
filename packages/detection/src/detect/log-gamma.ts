const shift = 8;

/**
 * Natural logarithm of the gamma function for x > 0, to about 12 digits: Stirling's series after moving x up by the
 * recurrence (Abramowitz and Stegun 6.1.41 and 6.1.15).
 */
export function logGamma(x: number): number {
  let product = 1;
  let y = x;
  while (y < shift) product *= y++;
  const z = 1 / (y * y);
  const series = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z / 1680))) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}
