import process from 'node:process';
import {bundle, clean} from './bundle.js';
import {declarations} from './declarations.js';

await clean();
await bundle();
if (process.argv.includes('--types')) {
	await declarations();
}
