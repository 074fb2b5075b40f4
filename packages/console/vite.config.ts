import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The service that `vite dev` passes calls on to. */
const service = process.env.KITH_ORIGIN ?? 'http://127.0.0.1:7474';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Everything is a file of our own origin, so that `default-src 'self'` is the whole content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  server: { proxy: { '/v1': service, '/demo': service } },
});
