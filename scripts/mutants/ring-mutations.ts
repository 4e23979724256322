/** One wrong rule: `find` occurs exactly once in `file` of source/virtqueue and is replaced. */
export type Mutation = {
	/** Number of the rule in section 7 of the vectors' FORMAT.md. */
	readonly rule: string;
	readonly wrong: string;
	readonly file: string;
	readonly find: string;
	readonly replace: string;
};

const splitDriver = 'split-driver.ts';
const splitRing = 'split-ring.ts';
const packedDriver = 'packed-driver.ts';
const packedRing = 'packed-ring.ts';
const base = 'virtqueue.ts';

/** Rule, what is wrong, file, text, its replacement. */
const rows: ReadonlyArray<readonly [string, string, string, string, string]> = [
	[
		'R1',
		'the event is one entry late',
		'need-event.ts',
		'((next - event - 1) & 0xff_ff) <',
		'((next - event) & 0xff_ff) <',
	],
	['R1', 'only the last entry counts', splitDriver, 'availIndex - numAdded)', 'availIndex - Math.min(1, numAdded))'],
	[
		'R2',
		'nothing added: no kick',
		splitDriver,
		': (this.usedFlags & noNotify) === 0;',
		': numAdded > 0 && (this.usedFlags & noNotify) === 0;',
	],
	['R2', 'NO_NOTIFY is ignored', splitDriver, ': (this.usedFlags & noNotify) === 0;', ': true;'],
	[
		'R3',
		'wrap counters are not compared',
		packedDriver,
		'const lap = deviceOffWrap >>> 15 === this.availWrap ? 0 : this.size;',
		'const lap = 0;',
	],
	[
		'R3',
		'ENABLE with nothing added: no kick',
		packedDriver,
		'return deviceFlags === eventsEnable;',
		'return deviceFlags === eventsEnable && numAdded > 0;',
	],
	['R3', 'DISABLE is ignored', packedDriver, 'return deviceFlags === eventsEnable;', 'return true;'],
	[
		'R4',
		'split: a suppressed kick is kept for later',
		splitDriver,
		'this.numAdded = 0;\n\t\treturn this.eventIdx',
		'this.numAdded = this.usedFlags === 0 && !this.eventIdx ? 0 : numAdded;\n\t\treturn this.eventIdx',
	],
	[
		'R4',
		'packed: only a kick in descriptor mode forgets',
		packedDriver,
		'this.numAdded = 0;\n\t\tif (deviceFlags !== eventsDescriptor) {',
		'if (deviceFlags === eventsDescriptor) {\n\t\t\tthis.numAdded = 0;\n\t\t} else {',
	],
	['R5', 'a refusal is silent', splitDriver, 'this.doorbellForced = out > 0;', 'this.doorbellForced = false;'],
	['R5', 'every refusal rings', splitDriver, 'this.doorbellForced = out > 0;', 'this.doorbellForced = true;'],
	[
		'R5',
		'packed refuses as split does',
		packedDriver,
		'return ENOSPC;',
		'this.doorbellForced = out > 0;\n\t\t\treturn ENOSPC;',
	],
	['R6', 'no safety kick', splitDriver, 'this.numAdded === unkickedLimit && this.kickPrepare()', 'false'],
	['R6', 'the safety kick comes one late', splitDriver, 'unkickedLimit = 65_535', 'unkickedLimit = 65_536'],
	[
		'R6',
		'packed has a safety kick',
		packedDriver,
		'this.numAdded += slots;',
		'this.numAdded += slots;\n\t\tthis.doorbellForced = this.numAdded >= 65_535 && this.kickPrepare();',
	],
	['R7', 'one segment takes a table', base, 'total > 1 && this.numFree', 'total > 0 && this.numFree'],
	['R7', 'two segments take no table', base, 'total > 1 && this.numFree', 'total > 2 && this.numFree'],
	[
		'R7',
		'a table only where the chain does not fit',
		base,
		'total > 1 && this.numFree > 0',
		'total > this.numFree && this.numFree > 0',
	],
	['R7', 'an allocation never fails', base, 'this.numFree > 0 && !noMemory', 'this.numFree > 0'],
	[
		'R8',
		'split: freed behind the front',
		splitDriver,
		'next[last] = this.freeHead;\n\t\tthis.freeHead = head;',
		'next[last] = next[this.freeHead];\n\t\tnext[this.freeHead] = head;',
	],
	[
		'R8',
		'packed: freed behind the front',
		packedDriver,
		'this.next[this.stateLast[id]] = this.freeHead;\n\t\tthis.freeHead = id;',
		'this.next[this.stateLast[id]] = this.next[this.freeHead];\n\t\tthis.next[this.freeHead] = id;',
	],
	[
		'R9',
		'split: used_event follows while callbacks are off',
		splitDriver,
		'if (!this.callbackOff) {\n\t\t\tthis.usedEvent',
		'if (this.size > 0) {\n\t\t\tthis.usedEvent',
	],
	[
		'R9',
		'split: used_event stays without EVENT_IDX',
		splitDriver,
		'if (!this.callbackOff) {\n\t\t\tthis.usedEvent',
		'if (!this.callbackOff && this.eventIdx) {\n\t\t\tthis.usedEvent',
	],
	[
		'R9',
		'packed: off_wrap follows while callbacks are off',
		packedDriver,
		'if (this.flagsShadow === eventsDescriptor) {',
		'if (this.eventIdx) {',
	],
	[
		'R9',
		'packed: off_wrap stays',
		packedDriver,
		'this.driverOffWrap = this.lastUsed | (this.usedWrap << 15);\n\t\t}\n\n\t\treturn token;',
		'}\n\n\t\treturn token;',
	],
	['R10', 'split: disable_cb leaves used_event', splitDriver, 'this.usedEvent = 0;\n\t\t}', '}'],
	[
		'R10',
		'split: disable_cb always sets NO_INTERRUPT',
		splitDriver,
		'if (this.eventIdx) {\n\t\t\tthis.usedEvent = 0;\n\t\t} else {',
		'if (this.size > 0) {',
	],
	[
		'R10',
		'split: disable_cb writes after an interrupt',
		splitDriver,
		'if (this.eventTriggered) {',
		'if (this.size === 0) {',
	],
	[
		'R10',
		'packed: disable_cb writes after an interrupt',
		packedDriver,
		'if (!this.eventTriggered) {',
		'if (this.size > 0) {',
	],
	[
		'R11',
		'event_triggered without EVENT_IDX',
		base,
		'if (this.eventIdx) {\n\t\t\tthis.eventTriggered',
		'if (this.size > 0) {\n\t\t\tthis.eventTriggered',
	],
	[
		'R11',
		'an interrupt without work sets it',
		base,
		'if (!this.moreUsed()) {\n',
		'if (!this.moreUsed()) {\n\t\t\tthis.eventTriggered = this.eventIdx;\n',
	],
	[
		'R11',
		'enable_cb_prepare does not clear it',
		base,
		'this.eventTriggered = false;\n\t\treturn this.rearm();',
		'return this.rearm();',
	],
	[
		'R11',
		'enable_cb_delayed does not clear it',
		base,
		'this.eventTriggered = false;\n\t\treturn this.rearmDelayed();',
		'return this.rearmDelayed();',
	],
	[
		'R12',
		'enable_cb writes nothing when enabled',
		splitDriver,
		'this.enable();\n\t\tthis.usedEvent = this.lastUsed;',
		'if (this.callbackOff) {\n\t\t\tthis.usedEvent = this.lastUsed;\n\t\t}\n\n\t\tthis.enable();',
	],
	[
		'R12',
		'enable_cb does not look again',
		base,
		'return !this.poll(this.enableCallbackPrepare());',
		'return this.enableCallbackPrepare() >= 0;',
	],
	[
		'R12',
		'enable_cb turns callbacks off again when work waits',
		base,
		'return !this.poll(this.enableCallbackPrepare());',
		'if (this.poll(this.enableCallbackPrepare())) {\n\t\t\tthis.disableCallback();\n\t\t\treturn ' +
			'false;\n\t\t}\n\n\t\treturn true;',
	],
	['R12', 'packed: re-arming leaves off_wrap', packedDriver, 'this.driverOffWrap = state;', ''],
	['R13', 'half instead of three quarters', splitDriver, '(inFlight * 3) >>> 2', 'inFlight >>> 1'],
	['R13', 'rounded up', splitDriver, '(inFlight * 3) >>> 2', '(inFlight * 3 + 3) >>> 2'],
	['R13', 'split: equality is too much', splitDriver, '<= buffers;', '< buffers;'],
	[
		'R13',
		'split: any waiting buffer is too much',
		splitDriver,
		'return ((this.usedIndex - lastUsed) & 0xff_ff) <= buffers;',
		'return lastUsed === this.usedIndex;',
	],
	['R13', 'packed: always true', packedDriver, 'return !this.moreUsed();', 'return true;'],
	[
		'R13',
		'packed: the event is not placed',
		packedDriver,
		'this.driverOffWrap = position | (wrap << 15);',
		'this.driverOffWrap = this.lastUsed | (this.usedWrap << 15);',
	],
	[
		'R14',
		'the free list is sorted',
		base,
		'this.headOfToken.fill(none);\n\t\tthis.initialize();',
		'this.headOfToken.fill(none);\n\t\tthis.freeHead = 0;\n\t\tthis.next.set(this.next.map((_, index) => ' +
			'index + 1));\n\t\tthis.initialize();',
	],
	[
		'R14',
		'recycled by descending head',
		base,
		'const token = this.tokens[head];\n\t\t\tif (token >= 0) {\n\t\t\t\tthis.detach(head);',
		'const token = this.tokens[this.size - 1 - head];\n\t\t\tif (token >= 0) ' +
			'{\n\t\t\t\tthis.detach(this.size - 1 - head);',
	],
	[
		'R15',
		'split: interrupts start on',
		'split-memory.ts',
		'this.callbackOff = !this.callback;',
		'this.callbackOff = false;',
	],
	[
		'R15',
		'split: NO_INTERRUPT with EVENT_IDX',
		'split-memory.ts',
		'this.callbackOff && !this.eventIdx ?',
		'this.callbackOff ?',
	],
	[
		'R15',
		'packed: interrupts start on',
		'packed-memory.ts',
		'this.callback ? eventsEnable : eventsDisable',
		'eventsEnable',
	],
	[
		'H1',
		'split: the first question is no exception',
		splitRing,
		'return !valid || needEvent',
		'return valid && needEvent',
	],
	[
		'H1',
		'split: always from the present index',
		splitRing,
		'const old = this.signalledUsed;',
		'const old = (this.usedIndex - 1) & 0xff_ff;',
	],
	[
		'H1',
		'packed: the first question is no exception',
		packedRing,
		'return !valid || needEvent',
		'return valid && needEvent',
	],
	[
		'H1',
		'packed: DISABLE leaves the question unasked',
		packedRing,
		'this.signalledUsed = usedIndex;\n\t\tif (driverFlags === eventsDisable) {',
		'if (driverFlags !== eventsDisable) {\n\t\t\tthis.signalledUsed = usedIndex;\n\t\t} else {',
	],
	[
		'H2',
		'split: unsigned, as Linux vhost',
		splitRing,
		'(((this.usedIndex - this.signalledUsed) << 16) >> 16 < count)',
		'(((this.usedIndex - this.signalledUsed) & 0xff_ff) < count)',
	],
	['H2', 'packed: a wrap keeps signalled_used', packedRing, 'this.signalledValid = false;', ''],
	['H3', 'a pop leaves avail_event', splitRing, 'this.availEvent = this.lastAvail;', ''],
	[
		'H3',
		'a pop moves it while notifications are off',
		splitRing,
		'this.eventIdx && this.notification',
		'this.eventIdx',
	],
	[
		'H4',
		"the event is the device's own index",
		splitRing,
		'this.availEvent = this.availIndex;',
		'this.availEvent = this.lastAvail;',
	],
	['H4', 'turning off writes an event', splitRing, '} else if (on) {', '} else {'],
	[
		'H4',
		"packed: the event is the driver's position",
		packedRing,
		'this.deviceOffWrap = this.lastAvail | (this.lastAvailWrap << 15);',
		'this.deviceOffWrap = this.nextAvail | (this.availWrap << 15);',
	],
];

export const mutations: readonly Mutation[] = rows.map(([rule, wrong, file, find, replace]) => ({
	rule,
	wrong,
	file,
	find,
	replace,
}));
