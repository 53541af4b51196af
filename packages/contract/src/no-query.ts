import { z } from 'zod';

/** The query of a route without query parameters: any parameter is a fault of the request. */
export const noQuery = z.object({}).strict();
