import {expect, test} from 'vitest';
import {clientSteps} from '../../source/calibration/client-steps.js';
import {driverFindings} from '../../source/calibration/driver-findings.js';
import {type Finding} from '../../source/calibration/finding.js';
import {GuestRecording} from '../../source/trace/recording/guest-recording.js';
import {type LockPolicy} from '../../source/calibration/lock-policy.js';
import {recordedClients} from '../../source/calibration/recorded-client.js';
import {readTrace} from '../../source/trace/reader/read-trace.js';
import {exported} from '../export/export-run.js';
import {fixtureText, sourceOf} from '../trace/trace-lines.js';

async function policyIn(text: string): Promise<Finding<LockPolicy>> {
	const guest = new GuestRecording();
	await readTrace(sourceOf(text), {
		onEvent(event) {
			guest.add(event);
		},
	});
	const {clients} = recordedClients(guest);
	return driverFindings(
		guest,
		clients.map(client => clientSteps(client, guest)),
		null,
	).lockPolicy;
}

/** The same as perf prints it: no flags. */
function withoutFlags(text: string): string {
	return text.replaceAll(/ [\-d.][A-Za-z.][A-Za-z.][\d.][\d.](?= )/gv, '');
}

const few = ['duration=60ms', 'warmup=10ms'];

test.each([
	['base_flood1_p1', 'kick-after-unlock', 'inferred'],
	['base_flood1_p2', 'kick-under-lock', 'measured'],
	['base_xfer1_p0', 'kick-batched', 'uncertain'],
])('a real guest, %s: %s, %s', async (name, value, kind) => {
	expect(await policyIn(fixtureText(`${name}.guest`))).toMatchObject({value, kind});
});

test.each(['seed-2019-kick-under-lock', 'larger-virtqueues', 'ring-full', 'vhost-user-gpu-no-bql'])(
	"%s under each of the kernels' policies: a doorbell that event indices suppressed is no batching",
	async preset => {
		for (const policy of ['kick-under-lock', 'kick-after-unlock', 'kick-batched']) {
			const found = await policyIn(await exported(preset, 'ftrace', [`driver.lockPolicy=${policy}`, ...few])); // eslint-disable-line no-await-in-loop -- a run each
			expect([policy, found.value]).toEqual([policy, found.kind === 'uncertain' ? 'kick-batched' : policy]);
		}
	},
);

test('a client of one command a round decides nothing: both are offered', async () => {
	const found = await policyIn(
		await exported('bigger-ring-same-throughput', 'ftrace', ['driver.lockPolicy=kick-after-unlock', ...few]),
	);
	expect(found).toMatchObject({kind: 'uncertain', alternatives: ['kick-batched', 'kick-after-unlock']});
});

test('without flags the lock shows by whether the worker gets through during a doorbell; it is never called measured', async () => {
	const under = await policyIn(withoutFlags(await exported('seed-2019-kick-under-lock', 'ftrace', few)));
	expect(under.value).toBe('kick-under-lock');
	expect(under.kind).not.toBe('measured');
	const after = await policyIn(
		withoutFlags(await exported('larger-virtqueues', 'ftrace', ['driver.lockPolicy=kick-after-unlock', ...few])),
	);
	expect(after.value).not.toBe('kick-under-lock');
	expect(after.kind).not.toBe('measured');
});
