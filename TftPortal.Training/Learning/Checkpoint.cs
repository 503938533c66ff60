using System.Runtime.InteropServices;

namespace TftPortal.Training.Learning;

/// <summary>A run's state on disk: steps taken, then the four vectors of <see cref="Trainer.State"/>, little-endian float32.</summary>
internal static class Checkpoint
{
    private const int Vectors = 4;

    /// <summary>Writes beside, then renames: a run killed while saving keeps its older checkpoint.</summary>
    public static void Save(string path, Trainer trainer)
    {
        var beside = path + ".new";
        using (var file = new BinaryWriter(File.Create(beside)))
        {
            file.Write(trainer.StepsTaken);
            foreach (var vector in trainer.State())
            {
                file.Write(vector.Length);
                file.Write(MemoryMarshal.AsBytes<float>(vector));
            }
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is not of a network of this size.</exception>
    public static (int Steps, float[][] State) Load(string path, int size)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        var steps = file.ReadInt32();
        var state = new float[Vectors][];
        for (var vector = 0; vector < Vectors; vector++)
        {
            var length = file.ReadInt32();
            if (length != size) throw new InvalidDataException($"{path} is of a network of {length} weights; this one has {size}. Train in another folder, or with the same sizes.");
            state[vector] = new float[length];
            file.BaseStream.ReadExactly(MemoryMarshal.AsBytes(state[vector].AsSpan()));
        }

        return (steps, state);
    }
}
