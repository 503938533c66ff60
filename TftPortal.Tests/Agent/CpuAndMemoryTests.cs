using TftPortal.Agent.Readings;

namespace TftPortal.Tests.Agent;

public sealed class CpuAndMemoryTests : IDisposable
{
    private readonly AHost host = new();

    [Fact]
    public async Task Cpu_is_what_passed_between_two_readings_with_nice_as_user_and_interrupts_as_system()
    {
        var reading = await host.FirstReadingAsync(host.Reader(), () =>
            host.Write("proc/stat", "cpu  1030 110 510 8040 305 52 53 0 0 0\n")); // +30 user, +10 nice, +10 system, +40 idle, +5 iowait, +2 irq, +3 softirq

        Assert.Equal(40, reading[HostMetric.CpuUser], 9);
        Assert.Equal(15, reading[HostMetric.CpuSys], 9);
        Assert.Equal(5, reading[HostMetric.CpuIowait], 9);
        Assert.Equal(40, reading[HostMetric.CpuIdle], 9);
    }

    [Fact]
    public async Task Stolen_time_is_neither_idle_nor_the_hosts_own_work()
    {
        var reading = await host.FirstReadingAsync(host.Reader(), () =>
            host.Write("proc/stat", "cpu  1020 100 510 8030 300 50 50 40 0 0\n")); // +20 user, +10 system, +30 idle, +40 steal

        Assert.Equal(20, reading[HostMetric.CpuUser], 9);
        Assert.Equal(10, reading[HostMetric.CpuSys], 9);
        Assert.Equal(30, reading[HostMetric.CpuIdle], 9);
    }

    [Fact]
    public async Task Cpu_is_left_out_not_zero_when_its_counters_start_again()
    {
        var reader = host.Reader();
        await host.FirstReadingAsync(reader);
        host.Write("proc/stat", "cpu  10 0 5 80 3 0 0 0 0 0\n");
        Assert.False((await host.NextReadingAsync(reader, TimeSpan.FromSeconds(15))).Has(HostMetric.CpuUser));

        host.Write("proc/stat", "cpu  60 0 5 130 3 0 0 0 0 0\n");
        Assert.Equal(50, (await host.NextReadingAsync(reader, TimeSpan.FromSeconds(15)))[HostMetric.CpuUser], 9);
    }

    [Fact]
    public async Task Idle_time_that_slips_back_a_little_as_kernels_let_it_is_no_restart()
    {
        var reading = await host.FirstReadingAsync(host.Reader(), () => host.Write("proc/stat", "cpu  1100 100 500 7998 299 50 50 0 0 0\n"));
        Assert.Equal(100, reading[HostMetric.CpuUser], 9);
        Assert.Equal(0, reading[HostMetric.CpuIdle], 9);
    }

    [Fact]
    public async Task A_clock_that_did_not_tick_gives_no_cpu()
    {
        Assert.False((await host.FirstReadingAsync(host.Reader())).Has(HostMetric.CpuIdle));
    }

    [Fact]
    public async Task Memory_in_use_is_what_no_new_process_could_have()
    {
        var reading = await host.FirstReadingAsync(host.Reader());
        Assert.Equal(75, reading[HostMetric.MemUsed], 9);
        Assert.Equal(25, reading[HostMetric.SwapUsed], 9);
    }

    [Fact]
    public async Task A_host_without_swap_has_no_swap_metric()
    {
        host.Write("proc/meminfo", "MemTotal: 16000000 kB\nMemAvailable: 4000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
        var reading = await host.FirstReadingAsync(host.Reader());
        Assert.False(reading.Has(HostMetric.SwapUsed));
        Assert.Equal(75, reading[HostMetric.MemUsed], 9);
    }

    [Fact]
    public async Task A_kernel_that_does_not_tell_what_is_available_gives_no_memory_metric()
    {
        host.Write("proc/meminfo", "MemTotal: 16000000 kB\nMemFree: 4000000 kB\nSwapTotal: 100 kB\nSwapFree: 100 kB\n");
        var reading = await host.FirstReadingAsync(host.Reader());
        Assert.False(reading.Has(HostMetric.MemUsed));
        Assert.Equal(0, reading[HostMetric.SwapUsed], 9);
    }

    [Fact]
    public async Task Load_and_uptime_are_the_first_numbers_of_their_files()
    {
        var reading = await host.FirstReadingAsync(host.Reader());
        Assert.Equal(1.25, reading[HostMetric.LoadAverage], 9);
        Assert.Equal(10, reading[HostMetric.UptimeDays], 9);
    }

    [Fact]
    public async Task Java_is_the_cpu_of_all_java_processes_in_percent_of_one_core()
    {
        host.Java(100, 5000, 1000);
        host.Java(101, 200, 0);
        host.Java(102, 9000, 0, name: "javac");
        var reading = await host.FirstReadingAsync(host.Reader(), () =>
        {
            host.Java(100, 5150, 1050); // 2 s of CPU in one second
            host.Java(101, 210, 0); // 0.1 s
            host.Java(102, 9999, 0, name: "javac");
            host.Java(103, 30, 10, startTicks: 9000); // started meanwhile: 0.4 s
        });

        Assert.Equal(250, reading[HostMetric.JavaCpu], 6);
    }

    [Fact]
    public async Task A_process_named_like_a_stat_line_does_not_pass_for_java()
    {
        host.Java(100, 10, 0, name: "java) S 1 (java) x");
        host.Java(101, 10, 0, name: "my java");
        Assert.False((await host.FirstReadingAsync(host.Reader())).Has(HostMetric.JavaCpu));
    }

    [Fact]
    public async Task A_process_number_used_again_by_another_java_is_another_process()
    {
        var reader = host.Reader();
        host.Java(100, 90_000, 0, startTicks: 5000);
        await host.FirstReadingAsync(reader);
        host.Java(100, 150, 0, startTicks: 7000);
        Assert.Equal(15, (await host.NextReadingAsync(reader, TimeSpan.FromSeconds(10)))[HostMetric.JavaCpu], 6);
    }

    [Fact]
    public async Task A_host_that_never_ran_java_has_no_java_metric_and_one_whose_java_died_has_zero()
    {
        var reader = host.Reader();
        Assert.False((await host.FirstReadingAsync(reader)).Has(HostMetric.JavaCpu));
        host.Java(100, 10, 0);
        await host.NextReadingAsync(reader, TimeSpan.FromSeconds(15));
        host.Remove("proc/100/stat");
        Assert.Equal(0, (await host.NextReadingAsync(reader, TimeSpan.FromSeconds(15)))[HostMetric.JavaCpu]);
    }

    public void Dispose() => host.Dispose();
}
