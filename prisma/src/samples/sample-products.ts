/** A product of a new catalog; `priceUnits` are ten-thousandths of the currency unit. */
export interface SampleProduct {
  readonly name: string;
  readonly description: string;
  readonly priceUnits: number;
  readonly stockQuantity: number;
}

/** The products of a new catalog, one of each of five kinds. */
export const sampleProducts: readonly SampleProduct[] = [
  {
    name: 'Smartphone 6.1-inch, 128 GB',
    description: 'OLED display, two rear cameras, 5G and a battery that lasts the day.',
    priceUnits: 699_9900,
    stockQuantity: 50,
  },
  {
    name: 'Laptop 14-inch, 16 GB',
    description: 'Light aluminium body, 512 GB of storage and up to 15 hours on one charge.',
    priceUnits: 1299_0000,
    stockQuantity: 30,
  },
  {
    name: 'Wireless headphones',
    description: 'Over-ear, with active noise cancelling and 30 hours of playback.',
    priceUnits: 199_5000,
    stockQuantity: 100,
  },
  {
    name: 'Smartwatch 42 mm',
    description: 'Heart rate, GPS and sleep tracking; waterproof to 50 metres.',
    priceUnits: 249_0000,
    stockQuantity: 75,
  },
  {
    name: 'Tablet 11-inch, 256 GB',
    description: 'Sharp display, stylus support and stereo speakers.',
    priceUnits: 549_9500,
    stockQuantity: 40,
  },
];
