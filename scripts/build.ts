import process from 'node:process';
import {bundle, clean} from './bundle.js';
import {declarations} from './declarations.js';
import {writeHeadStart} from './head-start.js';

await clean();
await bundle();
if (process.argv.includes('--types')) {
	await declarations();
	await writeHeadStart();
}
