FROM node:24.21.0-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY build.mjs ./
COPY build ./build
COPY schemas ./schemas
COPY server ./server
COPY fixtures ./fixtures
RUN node build.mjs && npm prune --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="fauxflare" \
      org.opencontainers.image.description="Cloudflare's Accounts API on localhost. Independent of Cloudflare, Inc." \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production \
    FAUXFLARE_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
RUN ln -s /app/dist/cli.js /usr/local/bin/fauxflare
# A place for `--data /data/cloud.json`: a volume that is mounted here for the first time belongs to the same user.
RUN mkdir /data && chown 1000:1000 /data
# The user `node` of the base image, by number, so that orchestrators can see that it is not root.
USER 1000:1000
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.FAUXFLARE_PORT || 4010}/_fauxflare/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["fauxflare"]
