using System.Collections.Immutable;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Window;

/// <summary>
/// An image that is taken while the window goes on, a few servers at a time, and yet all of one moment: a server that is about to change before its turn is taken first.
/// At 100,000 servers a whole image takes 0.4 s, and every reading would wait as long. Belongs to the loop, as the window does.
/// </summary>
/// <param name="time">The moment.</param>
/// <param name="grid">The time grid.</param>
/// <param name="tick">Batches applied until then.</param>
/// <param name="number">Tells this image from those before it; every server of the window bears a smaller one.</param>
/// <param name="servers">The servers of the moment.</param>
internal sealed class ImageTaking(DateTimeOffset time, StepGrid grid, long tick, long number, IEnumerable<ServerWindow> servers)
{
    private readonly ImmutableArray<ServerImage>.Builder images = ImmutableArray.CreateBuilder<ServerImage>();
    private ServerWindow[] order = [.. servers];
    private int next;

    /// <summary>Whether every server is taken, or nobody wants them any more.</summary>
    public bool IsOver => next == order.Length;

    /// <summary>Takes the next servers.</summary>
    /// <param name="count">How many at most, those that were taken before their turn included.</param>
    public void Take(int count)
    {
        for (var end = next + Math.Min(count, order.Length - next); next < end; next++) Take(order[next]);
    }

    /// <summary>Takes one server, unless it is taken already.</summary>
    public void Take(ServerWindow server)
    {
        if (server.TakenIn == number) return;
        server.TakenIn = number;
        if (server.HasReal) images.Add(server.Image());
    }

    /// <summary>Takes what is missing, and gives the image away: once.</summary>
    public WindowImage Finish()
    {
        Take(int.MaxValue);
        var image = new WindowImage(time, grid, tick, images.DrainToImmutable());
        LetGo();
        return image;
    }

    /// <summary>Nobody wants it any more.</summary>
    public void LetGo()
    {
        images.Clear();
        (order, next) = ([], 0);
    }
}
