# One file for every process of Waybill:
#   docker build --build-arg PROJECT=apps/orders --tag waybill-orders .
FROM node:24-bookworm-slim AS build
WORKDIR /waybill
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY .swcrc tsconfig.base.json ./
COPY libs libs
COPY apps apps
COPY tools tools
ARG PROJECT=apps/orders
RUN node tools/build/pack-app.mjs "$PROJECT" /program

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /waybill
# with all that it needs besides Node
COPY --from=build /program program
# the image's user `node`, by number, so that a cluster can see that it is not root
USER 1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# a young generation that holds a few batches: more of it costs memory and saves no time (docs/performance.md)
CMD ["node", "--enable-source-maps", "--max-semi-space-size=32", "program/main.js"]
