import {expect, test} from 'vitest';
import {client, configurationOf, constant, loopStep, ms, us} from '../../helpers/model-configuration.js';
import {measured} from '../../helpers/model-run.js';

/** Busy all the time in the guest, alone on the host's one CPU. */
const busy = client({loop: [loopStep({prepare: constant(20 * ms)})]});

function stolen(rate: number, run: number): number {
	const {
		metrics: {cpu},
	} = measured(
		configurationOf(
			{
				'guest.vcpus': 1,
				'host.cpus': 1,
				'host.background.rate': rate,
				'host.background.run': constant(run),
			},
			[busy],
		),
		{duration: 1000 * ms},
	);
	return cpu.vcpus[0].stolen;
}

test("nothing else on the machine takes less than a thousandth of the vCPU's time", () => {
	expect(stolen(0, ms)).toBeLessThan(0.001);
});

test.each([
	[100, ms],
	[200, 200 * us],
])('%s runs a second of %s ns take their time from the only busy thread', (rate, run) => {
	const share = (rate * run) / 1e9;
	// Poisson: the number of runs in a second is off by a tenth at the most likely.
	expect(stolen(rate, run)).toBeGreaterThan(share * 0.7);
	expect(stolen(rate, run)).toBeLessThan(share * 1.3);
});

test('a lock holder that loses its CPU to such a task keeps the lock: the worker spins for as long as the task runs', () => {
	const flood = client({loop: [loopStep({prepare: constant(5 * us)})]});
	const spin = (rate: number): number =>
		measured(
			configurationOf(
				{
					'host.cpus': 3,
					'driver.lockPolicy': 'kick-under-lock',
					'driver.spinlock': 'test-and-set',
					'host.background.rate': rate,
					'host.background.run': constant(5 * ms),
				},
				[flood],
			),
			{duration: 300 * ms},
		).metrics.lock.spin.worker;
	expect(spin(300)).toBeGreaterThan(spin(0) + 2);
});
