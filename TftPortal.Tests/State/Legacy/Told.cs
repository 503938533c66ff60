using TftPortal.Engine.State.Legacy;

namespace TftPortal.Tests.State.Legacy;

/// <summary>Hears of progress at once; the framework's Progress tells it later, on another thread.</summary>
internal sealed class Told(Action<LegacyProgress> hear) : IProgress<LegacyProgress>
{
    public void Report(LegacyProgress value) => hear(value);
}
