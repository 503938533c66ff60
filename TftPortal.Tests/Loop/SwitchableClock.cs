using Microsoft.Extensions.Time.Testing;

namespace TftPortal.Tests.Loop;

/// <summary>A clock that can fail for the thread that forecasts: the smallest fault that reaches a real cycle.</summary>
internal sealed class SwitchableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public volatile bool FailsWhenForecasting;

    public override DateTimeOffset GetUtcNow() =>
        FailsWhenForecasting && Environment.StackTrace.Contains("ForecastCycle.Run", StringComparison.Ordinal)
            ? throw new InvalidOperationException("The clock is broken.")
            : base.GetUtcNow();
}
