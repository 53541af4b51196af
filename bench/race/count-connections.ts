import { Redis } from 'ioredis';

/**
 * Returns the number of connections to a Redis server, without the one that this function opens.
 */
export async function countConnections(url: string): Promise<number> {
  const client = new Redis(url);
  try {
    const list = String(await client.client('LIST'));
    return list.trim().split('\n').length - 1;
  } finally {
    client.disconnect();
  }
}
