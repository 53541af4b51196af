// What may import what, for `npm run lint`: dependency-cruiser checks it over all workspaces at
// once.

const room = (folder) => `^${folder}/`;

/**
 * Refuses imports of the rooms of a folder except the listed ones: a room imports only what it
 * names. A room that is not listed imports nothing.
 */
function rooms(folder, allowed) {
  const listed = Object.entries(allowed).map(([name, imports]) => ({
    name: `${folder}: ${name}/ imports ${imports.map((each) => `${each}/`).join(', ') || 'no room'}`,
    severity: 'error',
    from: { path: room(`${folder}/${name}`), pathNot: '\\.test(-d)?\\.ts$' },
    to: {
      path: `^${folder}/[^/]+/`,
      pathNot: [name, ...imports].map((each) => room(`${folder}/${each}`)),
    },
  }));
  const unlisted = {
    name: `${folder}: every room is listed in dependency-rules.js`,
    severity: 'error',
    from: {
      path: `^${folder}/[^/]+/`,
      pathNot: Object.keys(allowed).map((name) => room(`${folder}/${name}`)),
    },
    to: {},
  };
  return [...listed, unlisted];
}

/** Refuses imports of other workspaces than the listed ones; every workspace may use `testing`. */
function workspace(folder, imports) {
  return {
    name: `${folder} imports ${imports.join(', ') || 'no other workspace'}`,
    severity: 'error',
    from: { path: room(folder) },
    to: {
      path: '^(apps/[^/]+|packages/[^/]+|prisma|chaos|deploy|bench|examples)/',
      pathNot: [folder, 'packages/testing', ...imports].map(room),
    },
  };
}

export default {
  forbidden: [
    {
      name: 'no circle of imports',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    workspace('packages/contract', []),
    workspace('packages/testing', []),
    workspace('packages/cache', []),
    workspace('prisma', []),
    workspace('packages/client', ['packages/contract']),
    workspace('apps/cli', ['packages/client', 'packages/contract']),
    workspace('apps/api', ['packages/contract', 'packages/cache', 'packages/client', 'prisma']),
    workspace('examples', ['packages/client']),
    workspace('chaos', ['packages/client', 'packages/contract', 'prisma']),
    workspace('deploy', []),
    workspace('bench', ['packages/cache', 'packages/contract', 'prisma']),
    {
      name: '@ts-rest is imported only where a route is declared, bound or documented',
      severity: 'error',
      from: {
        pathNot: [
          '^packages/contract/',
          '^apps/api/src/(bind-contract|[^/]+/[^/]+-router)(\\.test-d)?\\.ts$',
          '^apps/api/src/http/(problems|headers)/',
          '^bench/http/peers/',
        ],
      },
      to: { path: 'node_modules/@ts-rest/' },
    },
    {
      name: 'a router only translates: it calls the service, never a repository',
      severity: 'error',
      from: { path: '-router\\.ts$' },
      to: { path: '-repository\\.ts$' },
    },
    {
      name: 'the SDK contains the contract as generated code, and has no dependencies',
      severity: 'error',
      from: { path: '^packages/client/src/', pathNot: '\\.test(-d)?\\.ts$' },
      to: { path: '^(node_modules|packages/(?!client/))' },
    },
    ...rooms('packages/client/src', {
      checks: [],
      http: [],
      errors: ['http'],
      options: ['errors', 'http'],
      transport: ['errors', 'http', 'options'],
      responses: ['checks', 'errors', 'http'],
      operations: ['errors', 'http', 'options', 'responses', 'transport'],
    }),
    ...rooms('prisma/src', {
      errors: [],
      migrations: ['errors'],
      samples: [],
      sqlite: ['copy', 'errors', 'migrations'],
      postgresql: ['copy', 'errors', 'migrations'],
      search: [],
      copy: ['errors', 'postgresql', 'search', 'sqlite'],
    }),
    {
      name: 'only its room imports the driver of SQLite',
      severity: 'error',
      from: { path: '^prisma/src/', pathNot: '^prisma/src/sqlite/' },
      to: { path: 'node_modules/(@prisma/adapter-libsql|libsql)/' },
    },
    {
      name: 'only its room imports the driver of PostgreSQL',
      severity: 'error',
      from: { path: '^prisma/src/', pathNot: '^prisma/src/postgresql/' },
      to: { path: 'node_modules/(@prisma/adapter-pg|pg)/' },
    },
    ...rooms('packages/cache/src', {
      store: [],
      read: ['store'],
      refresh: ['read', 'store'],
      audit: ['read', 'store'],
      relay: ['store'],
      memory: ['relay', 'store'],
      redis: ['relay', 'store'],
    }),
    ...rooms('apps/cli/src', {
      changes: ['input', 'output', 'settings'],
      completion: ['input', 'output'],
      input: [],
      keys: ['input', 'output', 'requests'],
      login: ['input', 'output', 'requests', 'settings'],
      output: ['input'],
      products: ['changes', 'input', 'output', 'requests'],
      requests: ['output', 'settings'],
      settings: ['input'],
      stock: ['input', 'output', 'products', 'requests'],
    }),
    ...rooms('apps/api/src', {
      admin: [],
      'api-keys': ['concurrency', 'http'],
      changes: ['concurrency', 'http'],
      concurrency: [],
      config: [],
      http: ['config'],
      health: ['http'],
      idempotency: ['concurrency'],
      products: ['concurrency', 'http', 'idempotency'],
      stock: ['concurrency', 'http', 'idempotency', 'products'],
      history: ['concurrency', 'http', 'idempotency', 'products'],
      transfers: ['concurrency', 'http', 'idempotency', 'products'],
      'rate-limits': ['config', 'http'],
      metrics: ['http'],
      logging: ['config', 'http'],
      cache: ['concurrency', 'config', 'health', 'logging', 'metrics', 'products'],
      startup: [
        'api-keys',
        'cache',
        'changes',
        'config',
        'http',
        'idempotency',
        'logging',
        'metrics',
        'products',
        'rate-limits',
      ],
      workers: ['concurrency', 'config', 'http', 'logging', 'metrics', 'startup'],
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated|test-results)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['@product-api/source', 'types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
    progress: { type: 'none' },
  },
};
