# Runs a command and prints, as the last line of standard error, its seconds, processor seconds and peak memory (KiB), children
# included. Peak memory is that of the largest single process.
import resource, subprocess, sys, time

began = time.monotonic()
ended = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
seconds = time.monotonic() - began
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"\n{seconds:.3f} {usage.ru_utime + usage.ru_stime:.3f} {usage.ru_maxrss}", file=sys.stderr)
sys.exit(ended.returncode)
