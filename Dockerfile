# The image to build and run on: any with glibc, Node 20.19 or newer, and npm for the build.
ARG BASE_IMAGE=node:24.19.0-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /build
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
RUN npm install --global "$(node -p "require('./package.json').packageManager")" && pnpm fetch
COPY . .
RUN pnpm install --frozen-lockfile --offline \
  && pnpm turbo run build --filter=@product-api/api... \
  && pnpm --filter=@product-api/api deploy --prod --legacy /service

FROM ${BASE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATABASE_URL=file:/data/catalog.db
RUN mkdir /data && chown 1000:1000 /data
WORKDIR /service
COPY --from=build /service ./
USER 1000:1000
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
