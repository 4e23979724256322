import {type Choice} from '../parameters/parameter.js';

/** Values of `host.yield`. */
export const yieldChoices = [
	{
		value: 'linux-6.18',
		words:
			'A vCPU that yields while it is eligible forfeits the rest of its slice, and the one that it yields to ' +
			'runs next if that is eligible.',
		functions: 'yield_task_fair, yield_to_task_fair, pick_next_entity (PICK_BUDDY)',
		versions: 'Linux 6.18, and stable kernels that have 79104becf42b',
		moves: 'at most a slice of CPU time from the spinner to the others of its CPU, each time',
		noHelp: 'when the lock holder sits in an exit: KVM finds nobody to yield to',
		source:
			'79104becf42b sched/fair: Forfeit vruntime on yield; 2a77e4be12cb sched/fair: Untangle NEXT_BUDDY and ' +
			'pick_next_task()',
	},
	{
		value: 'linux-6.6',
		words: 'The deadline of a vCPU that yields moves a slice on, each time, without bound.',
		functions: 'yield_task_fair',
		versions: 'Linux 6.6 to 6.17',
		moves:
			'whole slices from a guest that spins to whatever else wakes up on its CPU, for as long as it goes on ' +
			'spinning',
		noHelp: 'on a host CPU that vCPUs and main loop share it starves one of them',
		source: '147f3efaa241 sched/fair: Implement an EEVDF-like scheduling policy',
	},
] as const satisfies readonly Choice[];
