using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using System.Globalization;

/// <summary>
/// .NET runs this in the portal's process when the load run starts it (<c>DOTNET_STARTUP_HOOKS</c>; the class's name and place are .NET's rule):
/// it writes a line for every time that the garbage collector stopped the process. The portal itself knows nothing of it.
/// </summary>
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "A startup hook is looked for outside any namespace.")]
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "A startup hook is looked for outside any namespace.")]
internal static class StartupHook
{
    /// <summary>What a line begins with; the time of its end (Unix, milliseconds) and its length (milliseconds) follow.</summary>
    public const string Word = "gc-pause ";

    private static PauseListener? listener; // kept alive for the life of the process

    public static void Initialize() => listener = new();

    private sealed class PauseListener : EventListener
    {
        private const EventKeywords Collections = (EventKeywords)1;
        private DateTime stopped;

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Informational, Collections);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName?.StartsWith("GCSuspendEEBegin", StringComparison.Ordinal) == true) stopped = eventData.TimeStamp;
            if (eventData.EventName?.StartsWith("GCRestartEEEnd", StringComparison.Ordinal) != true || stopped == default) return;
            var pause = eventData.TimeStamp - stopped;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Word}{new DateTimeOffset(eventData.TimeStamp).ToUnixTimeMilliseconds()} {pause.TotalMilliseconds:F3}"));
        }
    }
}
