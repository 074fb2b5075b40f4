import { Command } from 'commander';
import { readConfig } from '../../config/environment.ts';
import { readPolicy } from '../../config/policy-file.ts';
import { startIssuer } from '../../issuing/issuer-server.ts';
import { readShare } from '../../issuing/share-file.ts';
import { stopRequested } from '../terminal/index.ts';
import { print } from '../with-context.ts';

interface Options {
  share: string;
  jwks: string;
  port: string;
  host: string;
  allowOrigin?: string;
  json?: boolean;
}

export function issuerCommand(): Command {
  return new Command('issuer')
    .description('Run one issuer of several, with its share; it has no database and keeps nothing')
    .requiredOption('--share <file>', 'the share that a ceremony has made')
    .requiredOption(
      '--jwks <url>',
      "keys of whoever vouches for numbers: the host's, or the service's /v1/attestation-keys",
    )
    .option('--port <n>', 'port to listen on; 0 takes any free one', '8421')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--allow-origin <origin>', 'web app that may call from a browser')
    .option('--json', 'print one JSON document when listening')
    .action(async ({ share, jwks, port, host, allowOrigin, json }: Options) => {
      const issuer = await startIssuer({
        share: await readShare(share),
        jwksUrl: jwks,
        policy: await readPolicy(readConfig(process.env).policyFile),
        host,
        port: Number(port),
        ...(allowOrigin && { allowOrigin }),
      });
      print(json, { origin: issuer.origin, pid: process.pid }, `issuer is listening on ${issuer.origin}`);
      await stopRequested();
      await issuer.stop();
    });
}
