import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The service that `vite dev` passes calls on to. */
const service = process.env.KITH_ORIGIN ?? 'http://127.0.0.1:7474';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), twoPages(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The member's app and the analyst's: each carries its own code, and what both need is fetched once.
    rollupOptions: {
      input: ['index.html', 'analyst.html'].map((page) => resolve(import.meta.dirname, page)),
    },
    // Everything is a file of our own origin, so that `default-src 'self'` is the whole content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/v1': service, '/demo': service } },
});

/** Under `vite dev`, what the service does: every address of the study leads to its page. */
function twoPages(): Plugin {
  return {
    name: 'two-pages',
    configureServer: (server) => {
      server.middlewares.use((request, _response, next) => {
        const isStudy = /^\/analyst(?:[/?]|$)/.test(request.url ?? '');
        if (isStudy && (request.headers.accept ?? '').includes('text/html')) request.url = '/analyst.html';
        next();
      });
    },
  };
}

/** Writes each text file compressed beside itself, once, so that the service need not do it at every request. */
function compressed(): Plugin {
  let outDir = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler: async () => {
        const names = await readdir(outDir, { recursive: true });
        const texts = names.filter((name) => /\.(html|js|css|svg|json)$/.test(name));
        await Promise.all(texts.map((name) => compress(join(outDir, name))));
      },
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
