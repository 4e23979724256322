import {type CommandResult} from './command-result.js';

/**
What `vqlab record --help` prints: a script for the guest, one for the host and QEMU's options, to
be pasted. It runs nothing. It asks the kernel at hand for what differs between versions.
*/
export const recordScript = String.raw`# vqlab runs nothing here: paste what fits. Ten seconds are plenty.

# 1 In the guest, as root: plain tracefs, no package needed (Linux 5.10 to today)
cd /sys/kernel/tracing || cd /sys/kernel/debug/tracing
echo 0 > tracing_on; echo > trace; echo 65536 > buffer_size_kb; echo mono > trace_clock
for event in virtio_gpu/virtio_gpu_cmd_queue virtio_gpu/virtio_gpu_cmd_response \
    irq/irq_handler_entry irq/irq_handler_exit \
    workqueue/workqueue_queue_work workqueue/workqueue_execute_start workqueue/workqueue_execute_end \
    sched/sched_switch lock/contention_begin lock/contention_end; do
  [ -d events/$event ] && echo 1 > events/$event/enable  # contention events: Linux 5.19 and later
done
# only the GPU's interrupts and work (irq names: grep virtio /proc/interrupts)
echo 'name ~ "virtio*"' > events/irq/irq_handler_entry/filter
# the doorbell has no tracepoint: a kprobe where the driver writes it (vm_notify on virtio-mmio; any name will do)
echo 'p:notify_in vp_notify' > kprobe_events; echo 'r:notify_out vp_notify' >> kprobe_events
# with the queue's number (x86-64; the offset of vq->index: pahole -C virtqueue virtio_ring)
# echo 'p:notify_in vp_notify idx=+0x30(%di):u32 num_free=+0x34(%di):u32' > kprobe_events
echo 1 > events/kprobes/enable
echo 1 > tracing_on; sleep 10; echo 0 > tracing_on
cat trace > /tmp/guest.txt; echo 0 > events/enable; echo > kprobe_events; gzip /tmp/guest.txt

# 1b The same with trace-cmd (its trace.dat has to become text)
trace-cmd record -C mono -b 65536 -e virtio_gpu -e irq:irq_handler_entry -e irq:irq_handler_exit \
  -e workqueue:workqueue_queue_work -e workqueue:workqueue_execute_start -e workqueue:workqueue_execute_end \
  -e sched:sched_switch sleep 10
trace-cmd report -t > guest.txt

# 1c The same with perf (the doorbell: perf probe -a vp_notify; perf probe -a vp_notify%return; then -e 'probe:vp_notify*')
perf record -a -k CLOCK_MONOTONIC -e 'virtio_gpu:*,irq:irq_handler_entry,irq:irq_handler_exit,workqueue:*,sched:sched_switch' sleep 10
perf script --ns > guest.txt

# 2 QEMU's own log, beside it: start QEMU with (a build with the log backend, as distributions ship it)
#   -msg timestamp=on -D /tmp/qemu.log \
#   -trace 'virtio_queue_notify' -trace 'virtqueue_*' -trace 'virtio_notify' -trace 'virtio_gpu_cmd_*' -trace 'virtio_gpu_fence_*' -trace 'virtio_gpu_update_cursor'
# or switch them on while it runs, in the monitor: trace-event virtqueue_pop on   (one line an event)
# QEMU 10.1 and later write no thread numbers: add -d tid -D '/tmp/qemu-%d.log' and put the files together: grep '' /tmp/qemu-*.log | sort -t: -k2 > qemu.log

# 3 On the host, for what exits cost under KVM
trace-cmd record -C mono -e kvm:kvm_exit -e kvm:kvm_entry -e kvm:kvm_mmio -e kvm:kvm_pio -e kvm:kvm_fast_mmio -e kvm:kvm_msi_set_irq -e kvm:kvm_userspace_exit sleep 10
trace-cmd report -t > kvm.txt

# 4 Beside it, for comparison (no value is taken from these tables)
(cat /proc/interrupts; sleep 10; cat /proc/interrupts) > interrupts.txt   # in the guest
perf lock contention -a -b sleep 10 2> locks.txt                          # in the guest, Linux 5.19 and later
perf kvm stat record -a sleep 10; perf kvm stat report > exits.txt        # on the host

# 5 Then
#   vqlab view guest.txt.gz --host qemu.log        what was recorded, on charts
#   ssh -n guest cat /sys/kernel/tracing/trace_pipe | vqlab view -     the same while it happens
#   vqlab calibrate guest.txt.gz --host qemu.log --side interrupts.txt --side locks.txt --output my-guest.json
#   vqlab replay guest.txt.gz --host qemu.log --set driver.lockPolicy=kick-under-lock
# Recording costs 1 to 4 us an event in the guest and about 2 us in QEMU: the recorded machine is slower than
# yours, so trust counts per command and orders more than rates.
`;

/** `vqlab record`: the script. */
export function runRecordCommand(): CommandResult {
	return {output: recordScript, exitCode: 0};
}
