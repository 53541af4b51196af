import { Redis } from 'ioredis';

/** How many connections a Redis server has, apart from the one that asks. */
export async function countConnections(url: string): Promise<number> {
  const operator = new Redis(url);
  try {
    const list = String(await operator.client('LIST'));
    return list.trim().split('\n').length - 1;
  } finally {
    operator.disconnect();
  }
}
